// The bar of care: help lines, the language of the page. Its text is made in Python (grader/care.py).

const LANGUAGE = "grader-language";

/** The language this person chose on this browser, else the first of the browser's languages that we have. */
function wanted(known, asked) {
  let chosen = null;
  try { chosen = localStorage.getItem(LANGUAGE); } catch { /* storage is blocked: the choice lasts for this page */ }
  const codes = asked ? [chosen, asked] : [chosen, ...navigator.languages];
  return codes.map((code) => (code || "").slice(0, 2)).find((code) => known.includes(code));
}

function remember(code) {
  try { localStorage.setItem(LANGUAGE, code); } catch { /* as above */ }
}

/** Bring one bar to life: `choose` is told which language the person wants. */
function wire(bar, choose) {
  const { to, label, keys } = bar.dataset;
  offerExit({ to, label, keys, language: bar.lang });
  bar.querySelector(".grader-care-leave")?.remove(); // the button in the corner takes its place
  const places = bar.querySelector("select");
  const show = () => bar.querySelectorAll("[data-place]").forEach((part) => { part.hidden = part.dataset.place !== places.value; });
  places.closest("p").hidden = false;
  places.addEventListener("change", show);
  show();
  for (const button of bar.querySelectorAll("[data-language]")) {
    button.closest("[role=group]").hidden = false;
    button.addEventListener("click", () => {
      remember(button.dataset.language);
      choose(button.dataset.language);
    });
  }
}
