// What is still open, and the learner's own hand on the answers file: take a copy, load one, clear, undo.
// No request leaves the page. A file is read as text and handed to Python, which decides what it is.

const button = (text, onclick, kind = "") =>
  control("button", { type: "button", class: `grader-button ${kind}`, onclick }, text);

/** Hand out the answers file. */
function download(model) {
  const url = URL.createObjectURL(new Blob([model.get("content")], { type: "application/json" }));
  const link = make("a", { href: url, download: model.get("file") });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Go to a question: to the first thing in it that takes an answer. */
function go(item) {
  const form = [...document.querySelectorAll(".grader-question")].find((node) => node.dataset.item === item);
  if (!form) return;
  form.scrollIntoView({ block: "start" });
  form.querySelector("fieldset :is(input, textarea, button)")?.focus({ preventScroll: true });
}

function jump({ item, text }) {
  const follow = (event) => {
    event.preventDefault();
    go(item);
  };
  return control("a", { href: `#grader-${item}`, onclick: follow }, text);
}

function render({ model, el }) {
  const words = model.get("words");
  const status = make("p", { class: "grader-status", role: "status" });
  const left = make("div", { class: "grader-left" });
  const asked = make("div", { class: "grader-asked" });
  const chooser = make("input", {
    type: "file", accept: ".json,application/json", hidden: true,
  });
  const undo = button(words.undo, () => send({ undo: true }), "grader-second");
  const load = button(words.load, () => chooser.click(), "grader-second");
  const clear = button(words.clear, () => send({ clear: true }), "grader-second");
  const row = make("div", { class: "grader-row" }, button(words.download, () => download(model)), load, clear, undo);
  const box = make("section", { class: "grader-paper grader-answers", "aria-label": words["answers-title"] },
    make("h3", {}, words["answers-title"]), left,
    words["validate-help"] && document.querySelector(".validate-button") && make("p", {}, words["validate-help"]), row, chooser, asked, status);

  let sent = 0;
  let silent = 0;
  let back = null;
  const say = (text) => {
    status.textContent = "";
    setTimeout(() => { status.textContent = text; }, 50); // the same words twice are news, too
  };
  const send = (message) => {
    back = document.activeElement;
    sent += 1;
    clearTimeout(silent);
    silent = setTimeout(() => say(words["no-reply"]), PATIENCE);
    model.send({ ...message, n: sent });
  };
  const look = () => {
    if (document.visibilityState === "visible") model.send({ look: true });
  };

  chooser.addEventListener("change", async () => {
    const [file] = chooser.files;
    chooser.value = "";
    if (!file) return;
    if (file.size > words.limit) {
      say(words["load-too-large"]);
      return;
    }
    try {
      const text = await file.text();
      say(words["load-reading"]);
      send({ load: text });
    } catch {
      say(words["load-not-read"]);
    }
  });

  const showLeft = () => {
    const open = model.get("left");
    left.replaceChildren(...(open.length
      ? [make("p", {}, make("strong", {}, words["open-title"]), ` (${open.length})`),
        make("ul", {}, ...open.map((one) => make("li", {}, jump(one))))]
      : [make("p", {}, words["open-none"])]));
  };
  /** Ask in the place where one is; the first choice, which changes nothing, gets the focus. */
  const ask = () => {
    const { says, choices } = model.get("offer");
    if (!choices) {
      asked.replaceChildren();
      return;
    }
    status.textContent = "";
    const name = `grader-asked-${Math.random().toString(36).slice(2)}`;
    const buttons = choices.map(({ id, text }) => button(text, () => send({ choose: id }), "grader-second"));
    asked.replaceChildren(make("div", { role: "group", class: "grader-ask", "aria-labelledby": name },
      make("div", { id: name }, ...says.map((text) => make("p", {}, text))), ...buttons));
    buttons[0].focus();
  };
  const showUndo = () => { undo.hidden = !model.get("undo"); };
  const reply = () => {
    const { text } = model.get("status");
    clearTimeout(silent);
    if (text) say(text);
    if (text && back && !back.getClientRects().length) load.focus(); // the button that was pressed is gone from the page
  };
  const asks = () => {
    clearTimeout(silent);
    ask();
  };

  const channel = "BroadcastChannel" in window ? new BroadcastChannel("grader-answers") : null;
  if (channel) channel.onmessage = () => model.send({ look: true });
  window.addEventListener("focus", look);
  document.addEventListener("visibilitychange", look);
  model.on("change:left", showLeft);
  model.on("change:offer", asks);
  model.on("change:undo", showUndo);
  model.on("change:status", reply);
  showLeft();
  ask();
  showUndo();
  el.append(box);
  return () => {
    clearTimeout(silent);
    channel?.close();
    window.removeEventListener("focus", look);
    document.removeEventListener("visibilitychange", look);
    model.off("change:left", showLeft);
    model.off("change:offer", asks);
    model.off("change:undo", showUndo);
    model.off("change:status", reply);
  };
}

/** Draw anew when the words change to another language. */
function speak(given) {
  const { model, el } = given;
  let stop = render(given);
  const anew = () => {
    stop?.();
    el.replaceChildren();
    stop = render(given);
  };
  model.on("change:words", anew);
  return () => {
    model.off("change:words", anew);
    stop?.();
  };
}

export default { render: speak };
