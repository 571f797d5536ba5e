// Leaving a page quickly: a button that is always in sight, and the Esc key pressed three times. It works
// while Python is starting, busy or gone. One source for notebooks, the waiting page and the site's pages.

const ESCAPES = 3;
const WITHIN = 2000; // ms in which the Esc key must be pressed that often

/** Put another page in the place of this one at once, whatever the page would like to ask first. */
function leave(to) {
  document.documentElement.style.visibility = "hidden"; // nothing to read while the other page loads
  neverAsk();
  location.replace(to);
}

/** Jupyter asks about unsaved work when a page closes. Its listener came first, so its means to ask are taken away. */
function neverAsk() {
  window.onbeforeunload = null;
  Object.defineProperty(BeforeUnloadEvent.prototype, "preventDefault", { value: () => undefined });
  Object.defineProperty(BeforeUnloadEvent.prototype, "returnValue", { get: () => "", set: () => undefined });
}

/** Show the button once on a page; said again, only its words and their language change. */
function offerExit({ to, label, keys, language }) {
  let corner = document.getElementById("grader-leave");
  if (!corner) {
    corner = document.createElement("aside");
    corner.id = "grader-leave";
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.lmSuppressShortcuts = "true";
    button.append(document.createElement("strong"), " ", document.createElement("small"));
    button.addEventListener("click", () => leave(to));
    corner.append(button);
    document.body.prepend(corner);
    listenForEscapes(() => leave(to));
  }
  corner.lang = language;
  corner.setAttribute("aria-label", label);
  corner.querySelector("strong").textContent = label;
  corner.querySelector("small").textContent = keys;
}

/** Esc also closes menus and leaves the writing of a cell: it is only counted here, never taken away. */
function listenForEscapes(then) {
  let times = [];
  window.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.repeat || event.isComposing) {
      if (event.key !== "Escape") times = [];
      return;
    }
    times = [...times, event.timeStamp].filter((time) => event.timeStamp - time < WITHIN);
    if (times.length >= ESCAPES) then();
  }, true);
}
