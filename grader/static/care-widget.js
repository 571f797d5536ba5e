// In a notebook Python sends the bar as elements and text, and anew in another language.

/** An element from what Python sends: its tag, its attributes, and what stands in it. */
function make([tag, attributes, inside]) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...inside.map((part) => (typeof part === "string" ? part : make(part))));
  return node;
}

function render({ model, el }) {
  const draw = () => {
    const open = [...el.querySelectorAll("details")].map((part) => part.open);
    const place = el.querySelector("select")?.value;
    const focus = document.activeElement?.dataset?.language;
    const inside = el.contains(document.activeElement);
    el.replaceChildren(make(model.get("content")));
    if (place) el.querySelector("select").value = place;
    wire(el.querySelector(".grader-care"), (language) => model.send({ language }));
    el.querySelectorAll("details").forEach((part, i) => { part.open = open[i] || false; });
    if (inside && focus) el.querySelector(`[data-language="${focus}"]`).focus();
  };
  model.on("change:content", draw);
  draw();
  const language = wanted(model.get("known"), model.get("asked"));
  if (language && language !== model.get("language")) model.send({ language });
  return () => model.off("change:content", draw);
}
export default { render };
