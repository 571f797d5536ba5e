// A button that hands the learner a copy of the answers file. No request leaves the page.
function render({ model, el }) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "grader-button";
  button.textContent = model.get("label");
  button.dataset.lmSuppressShortcuts = "true";
  button.addEventListener("click", () => {
    const url = URL.createObjectURL(new Blob([model.get("content")], { type: "application/json" }));
    const link = document.createElement("a");
    link.href = url;
    link.download = model.get("file");
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
  });
  el.append(button);
}
export default { render };
