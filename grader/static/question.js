// One question, of any kind. Data becomes text nodes, never markup. Every word shown comes from
// Python. Answers go to Python as messages; Python saves them and says so in `status`.

const PATIENCE = 10000; // ms until a silent Python is reported
const PAUSE = 700; // ms of quiet after which typing is saved
let serial = 0;

/** Make an element. `on…` names are listeners, other names attributes; children are nodes or plain text. */
function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, "");
    else if (value !== false && value != null) node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null && child !== "" && child !== false));
  return node;
}

/** An element that can hold the focus. The mark keeps the notebook's single-key commands away from it. */
const control = (tag, attributes, ...children) =>
  make(tag, { ...attributes, "data-lm-suppress-shortcuts": "true" }, ...children);

/** A radio button or a checkbox with its label, large enough to hit. */
function choice(type, name, id, value, text, checked, extra = {}) {
  const input = control("input", { type, name, id, value, ...extra });
  input.checked = checked;
  return make("div", { class: "grader-choice" }, input, make("label", { for: id }, text));
}

const KINDS = {
  single: (page) => options(page, "radio", page.data.options),
  select: (page) => options(page, "checkbox", page.data.options),
  sentence: (page) => options(page, "radio", page.data.options.length ? page.data.options : page.data.story),
  grid,
  date,
  written,
};

function options(page, type, list) {
  const chosen = page.value || [];
  const rows = list.map(({ id, text }, i) =>
    choice(type, page.name, `${page.name}-${i}`, id, text, chosen.includes(id), { "data-sentence": id }));
  return { nodes: rows, read: () => checked(page.form.elements[page.name]) };
}

/** The values of the checked inputs; `elements` is one input or a list of them. */
function checked(elements) {
  const list = elements instanceof Element ? [elements] : [...(elements || [])];
  return list.filter((input) => input.checked).map((input) => input.value);
}

function grid(page) {
  const { data, name, value } = page;
  const heads = data.options.map(({ text }, i) => make("th", { scope: "col", id: `${name}-c${i}` }, text));
  const head = make("tr", {}, make("th", { scope: "col" }, data.words.statement), ...heads);
  const rows = data.rows.map((row, r) => {
    const cells = data.options.map((option, c) => {
      const input = control("input", {
        type: "radio", name: `${name}-r${r}`, value: option.id, id: `${name}-r${r}c${c}`,
        "aria-labelledby": `${name}-h${r} ${name}-c${c}`,
      });
      input.checked = (value || {})[row.id] === option.id;
      return make("td", {}, make("label", { for: input.id }, input, make("span", {}, option.text)));
    });
    return make("tr", {}, make("th", { scope: "row", id: `${name}-h${r}` }, row.text), ...cells);
  });
  const read = () => {
    const answer = {};
    data.rows.forEach((row, r) => {
      const [chosen] = checked(page.form.elements[`${name}-r${r}`]);
      if (chosen) answer[row.id] = chosen;
    });
    return answer;
  };
  return { nodes: [make("table", {}, make("thead", {}, head), make("tbody", {}, ...rows))], read };
}

function date(page) {
  const input = control("input", { type: "date", min: "1900-01-01", max: "2199-12-31", "aria-label": page.data.hint });
  input.value = page.value || "";
  return { nodes: [input], read: () => (input.validity.valid ? input.value : null), slow: true };
}

function written(page) {
  const { data } = page;
  const input = control("textarea", { rows: 8, maxlength: data.limit, "aria-label": data.hint, spellcheck: "true" });
  input.value = page.value || "";
  return { nodes: [input], read: () => input.value, slow: true };
}

function story(data) {
  if (data.kind === "sentence" || !data.story.length) return null;
  const lines = data.story.map(({ id, text }) => make("p", { "data-sentence": id }, text));
  return make("section", { class: "grader-story", "aria-label": data.words.story },
    make("p", { class: "grader-label" }, data.words.story), ...lines);
}

function certainty(page, model) {
  const words = page.data.words;
  const name = `${page.name}-sure`;
  const levels = [1, 2, 3].map((n) =>
    choice("radio", name, `${name}-${n}`, n, words[`certainty-${n}`], model.get("certainty") === n));
  return make("fieldset", { class: "grader-certainty", "aria-describedby": `${name}-help` },
    make("legend", {}, words.certainty), make("div", { class: "grader-levels" }, ...levels),
    make("p", { class: "grader-hint", id: `${name}-help` }, words["certainty-help"]));
}

/** A link where the address is one a browser may follow; plain text where not. */
function link({ cite, href }) {
  if (!/^https?:\/\//.test(href)) return cite;
  return control("a", { href, target: "_blank", rel: "noopener noreferrer" }, cite);
}

const citation = (cite) =>
  make("li", {}, link(cite), cite.gist ? `: ${cite.gist}` : "",
    cite.checked ? make("span", { class: "grader-checked" }, ` (${cite.checked})`) : null);

const part = (title, ...body) => make("div", { class: "grader-part" }, make("h4", {}, title), ...body);
const list = (items) => make("ul", {}, ...items);

const SHAPES = { right: "✔", partly: "◐", wrong: "✘", "by-hand": "✎" };

/** The feedback in its fixed order: verdict, ground, rule, deciding sentence, authority, what would change it. */
function explain(told, words) {
  const shape = make("span", { "aria-hidden": "true" }, `${SHAPES[told.verdict] || "•"} `);
  const rests = told.rests.map(({ choice, says, right, missed }) =>
    make("li", {}, make("span", { "aria-hidden": "true" }, missed ? "○ " : right ? "✔ " : "✘ "),
      make("span", { class: missed ? "" : "grader-spoken" },
        `${words[missed ? "mark-missed" : right ? "mark-right" : "mark-wrong"]} `),
      make("strong", {}, choice), says ? ` ${says}` : ""));
  const parts = [
    make("p", { class: "grader-verdict" }, shape, told.heading),
    told.confident && make("p", {}, told.confident),
    rests.length && part(words["rests-on"], list(rests)),
    told.model && part(words["model-answer"], make("p", {}, told.model)),
    told.rubric.length && part(words.rubric, list(told.rubric.map((line) => make("li", {}, line)))),
    told.rule && part(words.rule, make("p", {}, told.rule)),
    told.deciding.length && part(words.decides, ...told.deciding.map((text) => make("blockquote", {}, text))),
    told.cites.length && part(words.cites, list(told.cites.map(citation))),
    told.flip && part(words.flip, make("p", {}, told.flip)),
  ];
  return parts.filter(Boolean);
}

function reasons(told, words) {
  const steps = told.steps.map(({ says, met, cites }) =>
    make("li", {}, says, met ? make("span", { class: "grader-met" }, ` (${met})`) : null,
      cites.length ? list(cites.map(citation)) : null));
  if (!steps.length) return "";
  const answer = told.answer && make("p", {}, make("strong", {}, words.answer), ` ${told.answer}`);
  return make("details", {}, control("summary", {}, words.steps), answer, make("ol", {}, ...steps));
}

/** A picture that Python drew, and below it the same in words. */
function picture({ svg, title, text, id }, words) {
  const drawn = document.importNode(new DOMParser().parseFromString(svg, "image/svg+xml").documentElement, true);
  const lines = make("ol", { id: `${id}-words` }, ...text.map((line) => make("li", {}, line)));
  drawn.setAttribute("aria-details", lines.id);
  const folded = make("details", {}, control("summary", {}, words["picture-words"]), lines);
  return make("figure", { class: "grader-figure" }, make("figcaption", {}, title), drawn, folded);
}

/** Pictures, folded away under a title; nothing where there are none. */
function pictures(list, title, words) {
  if (!list?.length) return "";
  return make("details", { class: "grader-pictures" }, control("summary", {}, title), ...list.map((one) => picture(one, words)));
}

/** Mark the deciding sentences in the story: by a border, a sign and a word, not by colour alone. */
function mark(root, ids, words) {
  root.querySelectorAll(".grader-decides").forEach((node) => node.classList.remove("grader-decides"));
  root.querySelectorAll(".grader-flag").forEach((node) => node.remove());
  for (const node of root.querySelectorAll("[data-sentence]")) {
    if (!ids.includes(node.dataset.sentence)) continue;
    const line = node.closest(".grader-choice") || node;
    line.classList.add("grader-decides");
    (line.querySelector("label") || line).append(make("span", { class: "grader-flag" }, ` ◀ ${words["decides-mark"]}`));
  }
}

function render({ model, el }) {
  const data = model.get("data");
  const words = data.words;
  const practice = data.mode === "practice";
  const name = `grader-${data.id}-${++serial}`;
  const form = make("form", { class: `grader-question grader-in-${data.mode}`, novalidate: true });
  const page = { data, name, form, value: model.get("value") };
  const { nodes, read, slow } = KINDS[data.kind](page);

  const status = make("p", { class: "grader-status", role: "status" });
  const told = make("div", { class: "grader-told", role: "status" });
  const folded = make("div", { class: "grader-folded" });
  const hint = make("p", { class: "grader-hint", id: `${name}-hint` }, data.hint);
  const head = make("header", {}, make("p", { class: "grader-number" }, data.number), make("h3", {}, data.title));
  form.append(...[
    head,
    data.content && make("p", { class: "grader-content" }, data.content),
    story(data),
    pictures(data.pictures, words["picture-case"], words),
    make("fieldset", { class: `grader-${data.kind}`, "aria-describedby": hint.id }, make("legend", {}, data.stem), hint, ...nodes),
    practice && data.kind !== "written" && certainty(page, model),
    practice && control("button", { type: "submit", class: "grader-button" }, words.check),
    status, told, folded,
  ].filter(Boolean));

  let sent = 0;
  let silent = 0;
  let pause = 0;
  const say = (text, ok) => {
    status.textContent = text;
    status.dataset.ok = String(ok);
  };
  const send = () => {
    clearTimeout(pause);
    pause = 0;
    const answer = read();
    if (answer === null) return;
    const [sure] = checked(form.elements[`${name}-sure`]);
    sent += 1;
    clearTimeout(silent);
    silent = setTimeout(() => say(words["no-reply"], false), PATIENCE);
    model.send({ answer, certainty: sure ? Number(sure) : null, n: sent });
  };
  const forget = () => {
    told.replaceChildren();
    folded.replaceChildren();
    mark(form, [], words);
    say("", true);
  };
  const changed = (event) => {
    if (practice) {
      if (event.type === "change" || slow) forget();
    } else if (event.type === "change" && !slow) send();
    else if (slow) {
      clearTimeout(pause);
      pause = setTimeout(send, event.type === "change" ? 0 : PAUSE);
    }
  };
  const show = () => {
    const answer = model.get("feedback");
    if (!answer || !answer.verdict) return;
    told.dataset.verdict = answer.verdict;
    const again = answer.verdict === "right" ? "" : make("p", { class: "grader-hint" }, words.again);
    told.replaceChildren(...explain(answer, words), again);
    folded.replaceChildren(reasons(answer, words), pictures(answer.pictures, words["picture-answer"], words));
    mark(form, answer.decides, words);
  };
  const reply = () => {
    const { text, ok, n } = model.get("status");
    if (n !== sent) return;
    clearTimeout(silent);
    say(text, ok);
    if (ok && practice) show();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (practice) send();
  });
  model.on("change:status", reply);
  if (practice) show();
  else if (model.get("value")?.length || Object.keys(model.get("value") || {}).length) say(words.restored, true);
  el.append(form);
  return () => {
    if (pause) send();
    clearTimeout(silent);
    model.off("change:status", reply);
  };
}

// What is in English on a page in another language, and what inside of that is not.
const CONTENT = [
  "h3", "[data-sentence]", "fieldset:not(.grader-certainty) > legend", "fieldset:not(.grader-certainty) .grader-choice label",
  "thead th + th", "tbody th", "td label span", ".grader-told li", ".grader-told p:not(.grader-verdict, .grader-hint)",
  ".grader-told blockquote", ".grader-folded li",
].join();
const OURS = ".grader-told li > span, .grader-met, .grader-checked, .grader-flag, .grader-folded p > strong";

/** Say which language each part is in, so that a screen reader pronounces it right. */
function tongues(root, language) {
  root.lang = language;
  for (const node of root.querySelectorAll(CONTENT)) if (node.lang !== "en") node.lang = "en";
  for (const node of root.querySelectorAll(OURS)) if (node.lang !== language) node.lang = language;
}

/** Draw a question, and draw it anew when its words change; what was chosen and not yet sent stays. */
function speak(given) {
  const { model, el } = given;
  const fields = () => [...el.querySelectorAll("input, textarea, select")];
  const mark = () => tongues(el, model.get("data").language || "en");
  const watch = new MutationObserver(mark);
  let close = render(given);
  const anew = () => {
    const before = fields().map(({ checked, value }) => ({ checked, value }));
    const told = el.querySelector(".grader-told")?.childElementCount;
    close();
    el.replaceChildren();
    close = render(given);
    fields().forEach((field, i) => Object.assign(field, field.type === "radio" || field.type === "checkbox" ? { checked: before[i].checked } : { value: before[i].value }));
    if (!told && model.get("data").mode === "practice") el.firstChild.dispatchEvent(new Event("change"));
  };
  mark();
  watch.observe(el, { childList: true, subtree: true });
  model.on("change:data", anew);
  return () => {
    watch.disconnect();
    model.off("change:data", anew);
    close();
  };
}

export default { render: speak };
