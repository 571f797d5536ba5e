// What the learner page does besides on a static site, where Python runs in the browser and no server keeps files.

/** Words in the language this person chose on this browser, else in the first of the browser's own that we have. */
function speak(node, words) {
  let chosen = null;
  try { chosen = localStorage.getItem("grader-language"); } catch { /* storage is blocked */ }
  node.lang = [chosen, ...navigator.languages].map((name) => (name || "").slice(0, 2)).find((name) => words[name]) || "en";
  node.textContent = words[node.lang];
}

/** In the place of the logo, which leads to a list of files: the way back to the first page. */
export function addHome(document, words) {
  const style = document.createElement("style");
  style.textContent = `
    #jp-NotebookLogo, .jp-NotebookCheckpoint, .jp-NotebookKernelLogo, .jp-NotebookKernelStatus { display: none !important; }
    #top-panel .grader-home { align-self: center; margin: 0 1rem; font: 1rem/1.75 system-ui, sans-serif; color: #0b4f9c; text-decoration: underline; white-space: nowrap; }
    #top-panel .grader-home:focus-visible { outline: 3px solid #0b4f9c; outline-offset: 2px; }
    .grader-first { box-sizing: border-box; padding: 0.25rem 1rem 0.75rem; background: #fff; color: #1b1b1b;
      border: 1px solid #767676; border-radius: 8px; font: 1rem/1.5 system-ui, sans-serif; }
    .grader-first p { margin: 0.4rem 0; }
    .grader-first h2, .grader-first h3 { font-size: 1.15rem; line-height: 1.3; margin: 0.6rem 0 0.2rem; }
    .grader-first h3 { font-size: 1rem; }`;
  document.head.append(style);
  const link = document.createElement("a");
  link.className = "grader-home";
  link.href = "../index.html";
  speak(link, JSON.parse(words));
  const put = () => {
    const bar = document.querySelector("#top-panel");
    if (bar && !bar.contains(link)) bar.prepend(link);
    return Boolean(bar);
  };
  if (put()) return;
  const watch = new MutationObserver(() => put() && watch.disconnect());
  watch.observe(document.body, { childList: true, subtree: true });
}

const NAME_FILE = "this-browser.txt";
const NAME = /^web-[bcdfghjkmnpqrstvwxz]{10}$/;

/**
 * The made-up name of this browser: it chooses the variants of the questions and stands in the answers file. It is made
 * once and kept among the files of the site; a browser that keeps no files gets a new one on each page.
 */
export function browserName(contents) {
  const get = async () => {
    const kept = await contents.get(NAME_FILE, { content: true, type: "file", format: "text" }).catch(() => null);
    const known = String(kept?.content ?? "").trim();
    if (NAME.test(known)) return known;
    const name = newName();
    await contents.save(NAME_FILE, { type: "file", format: "text", mimetype: "text/plain", content: name }).catch(() => null);
    return name;
  };
  // one page at a time, so that two that are opened together agree
  const turn = navigator.locks ? navigator.locks.request("grader-browser-name", get) : get();
  return turn.catch(newName);
}

/** Letters only, and no vowels, so that the name is never a word. */
function newName() {
  const letters = "bcdfghjkmnpqrstvwxz";
  const few = 256 - (256 % letters.length); // above that, some letters would come more often
  let name = "web-";
  while (name.length < 14) {
    const [n] = crypto.getRandomValues(new Uint8Array(1));
    if (n < few) name += letters[n % letters.length];
  }
  return name;
}

/** Which of several variants somebody meets, chosen as Python chooses it (grader/sheet.py). */
async function pick(text, name, count) {
  if (count === 1) return 0;
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text + name));
  return Number(new DataView(digest).getBigUint64(0) % BigInt(count));
}

/** The first story, from the notebook itself, to read while Python is still starting. Gone once the questions are there. */
export async function showFirst(panel, first, name) {
  if (!first || !(crypto.subtle || first.variants.length === 1)) return () => undefined; // plain http lends no digest
  const story = first.variants[await pick(first.pick, name, first.variants.length)];
  const box = document.createElement("section");
  box.className = "grader-first";
  const add = (tag, said) => {
    const node = document.createElement(tag);
    if (typeof said === "string") node.textContent = said;
    else speak(node, said);
    box.append(node);
  };
  add("h2", story.title);
  if (story.about) add("p", story.about);
  if (story.label) add("h3", story.label);
  for (const line of story.story) add("p", line);
  panel.content.widgets[0].node.append(box);
  return () => box.remove();
}

/** After a while without questions, say what to do; the wait ends when the returned function is called. */
export function minding(note, words, seconds = 45) {
  const timer = setTimeout(() => {
    speak(note, JSON.parse(words));
    const link = document.createElement("a");
    link.href = "../index.html#paper";
    link.textContent = link.href;
    note.append(" ", link);
  }, seconds * 1000);
  return () => clearTimeout(timer);
}

/** A link from one notebook to another leads to its page; JupyterLab would open a list of files in another tab. */
export function leadOn() {
  const files = new URL("../files/", location.href).href;
  const mend = ({ target }) => {
    const link = target instanceof Element ? target.closest("a[href]") : null;
    if (link?.href.startsWith(files) && link.href.endsWith(".ipynb")) {
      link.href = new URL(`index.html?path=${link.href.slice(files.length)}`, location.href).href;
      link.removeAttribute("target");
      link.dataset.graderLeads = "true";
    }
    return link?.dataset.graderLeads;
  };
  for (const kind of ["pointerover", "focusin"]) window.addEventListener(kind, mend, true);
  window.addEventListener("click", (event) => mend(event) && event.stopPropagation(), true);
}

/** A saved notebook would hide every later correction of it. Answers are files of their own and stay. */
export function neverSave(panel) {
  panel.context.save = async () => {
    panel.context.model.dirty = false;
  };
}

/** Give Python the name of the browser, and the notebook, for a browser that does not let Python read it. */
export async function lend(panel, learner) {
  const name = JSON.stringify(panel.context.path.split("/").pop());
  const text = JSON.stringify(JSON.stringify(panel.context.model.toJSON()));
  const code = `from grader.browser import lend\nlend(${name}, ${text}, ${JSON.stringify(learner)})`;
  await panel.sessionContext.session.kernel.requestExecute({ code, silent: true, store_history: false }).done;
}
