// On a page without Python every language is there; one is shown. Parts of the page marked
// data-in="es" follow the same choice.

function speak(language) {
  for (const part of document.querySelectorAll("[data-in]")) part.hidden = part.dataset.in !== language;
  const heading = document.querySelector(`h1 [data-in="${language}"]`);
  if (heading) document.title = heading.textContent;
  const bar = document.querySelector(`.grader-care[data-in="${language}"]`);
  if (bar) offerExit({ ...bar.dataset, language });
}
const bars = [...document.querySelectorAll(".grader-care")];
for (const bar of bars) {
  wire(bar, (language) => {
    speak(language);
    document.querySelector(`.grader-care[data-in="${language}"] [data-language="${language}"]`).focus();
  });
}
if (bars.length) speak(wanted(bars.map((bar) => bar.dataset.in), "") || "en");
