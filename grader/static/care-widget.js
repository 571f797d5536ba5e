// In a notebook Python holds the text of the bar and draws it anew in another language.

function render({ model, el }) {
  const draw = () => {
    const open = [...el.querySelectorAll("details")].map((part) => part.open);
    const place = el.querySelector("select")?.value;
    const focus = document.activeElement?.dataset?.language;
    const inside = el.contains(document.activeElement);
    el.innerHTML = model.get("html"); // written by our own Python, everything in it escaped
    if (place) el.querySelector("select").value = place;
    wire(el.querySelector(".grader-care"), (language) => model.send({ language }));
    el.querySelectorAll("details").forEach((part, i) => { part.open = open[i] || false; });
    if (inside && focus) el.querySelector(`[data-language="${focus}"]`).focus();
  };
  model.on("change:html", draw);
  draw();
  const language = wanted(model.get("known"), model.get("asked"));
  if (language && language !== model.get("language")) model.send({ language });
  return () => model.off("change:html", draw);
}
export default { render };
