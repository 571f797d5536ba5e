// One question, of any kind. Data becomes text nodes, never markup. Every word shown comes from
// Python. Answers go to Python as messages; Python saves them and says so in `status`. One message is
// under way at a time; what is not yet saved is kept beside it, so that a new Python gets it at once.

const PAUSE = 700; // ms of quiet after which typing is saved
let serial = 0;

/** Answers sent and not yet saved, for all questions of this page: they outlive a Python that dies. */
const unsaved = (window.graderUnsaved ||= new Map());
const channel = "BroadcastChannel" in window ? new BroadcastChannel("grader-answers") : null;

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
  order,
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

/** A list to be put in order by buttons. The focus stays with the line that moves; its new place is said. */
function order(page) {
  const { words, options: lines } = page.data;
  const shown = page.draft || page.value;
  const given = shown?.length === lines.length ? shown : lines.map(({ id }) => id);
  const texts = new Map(lines.map(({ id, text }) => [id, text]));
  const list = make("ol", { class: "grader-lines" });
  const place = (row) => [...list.children].indexOf(row);
  const told = make("p", { class: "grader-unseen", "aria-live": "polite" });
  let settled = page.value?.length === lines.length;
  const number = () => [...list.children].forEach((row, i) => {
    const [up, down] = row.querySelectorAll("button");
    up.setAttribute("aria-disabled", String(i === 0));
    down.setAttribute("aria-disabled", String(i === lines.length - 1));
    row.querySelector(".grader-place").textContent = words["order-place"].replace("{place}", i + 1).replace("{total}", lines.length);
  });
  const move = (row, step, pressed) => {
    const to = place(row) + step;
    if (to < 0 || to >= lines.length) return;
    if (step < 0) row.previousElementSibling.before(row);
    else row.nextElementSibling.after(row);
    number();
    pressed.focus();
    told.textContent = words["order-moved"].replace("{text}", texts.get(row.dataset.line))
      .replace("{place}", to + 1).replace("{total}", lines.length);
    settle();
  };
  const settle = () => {
    settled = true;
    list.dispatchEvent(new Event("change", { bubbles: true }));
  };
  const mover = (row, step, sign, word, text) => {
    const pressed = control("button", { type: "button", class: "grader-move", "aria-label": `${word}: ${text}` },
      make("span", { "aria-hidden": "true" }, sign));
    pressed.addEventListener("click", () => move(row, step, pressed));
    return pressed;
  };
  list.append(...given.map((id) => {
    const text = texts.get(id);
    const row = make("li", { "data-line": id }, make("span", { class: "grader-line" },
      make("span", { class: "grader-place" }), text));
    row.append(make("span", { class: "grader-moves" },
      mover(row, -1, "▲", words["order-up"], text), mover(row, 1, "▼", words["order-down"], text)));
    return row;
  }));
  number();
  const keep = page.data.mode === "quiz" &&
    control("button", { type: "button", class: "grader-button grader-second" }, words["order-keep"]);
  if (keep) keep.addEventListener("click", settle);
  const read = () => (settled || page.data.mode === "practice" ? [...list.children].map((row) => row.dataset.line) : []);
  return { nodes: [list, told, keep].filter(Boolean), read };
}

function written(page) {
  const { data } = page;
  const input = control("textarea", { rows: 8, maxlength: data.limit, "aria-label": data.hint, spellcheck: "true", dir: "auto" });
  input.value = page.value || "";
  return { nodes: [input], read: () => input.value, slow: true };
}

/** The story, folded where it was just told or where somebody may not want to read it; open once there is an answer. */
function story(data, given) {
  if (data.kind === "sentence" || !data.story.length) return null;
  const lines = data.story.map(({ id, text }) => make("p", { "data-sentence": id }, text));
  const label = make("p", { class: "grader-label" }, data.words.story);
  const section = (...body) => make("section", { class: "grader-story", "aria-label": data.words.story }, ...body);
  if (!data.fold) return section(label, ...lines);
  return section(make("details", { open: given && !data.told }, control("summary", {}, data.fold), ...lines));
}

/** What to do for somebody who does not want to read the story. */
function instead(data) {
  const { item, text } = data.instead || {};
  if (!text) return null;
  if (!item) return make("p", { class: "grader-hint" }, text);
  const go = (event) => {
    event.preventDefault();
    const other = [...document.querySelectorAll(".grader-question")].find((node) => node.dataset.item === item);
    other?.scrollIntoView({ block: "start" });
    other?.querySelector("fieldset :is(input, textarea, button)")?.focus({ preventScroll: true });
  };
  return make("p", { class: "grader-hint" }, control("a", { href: `#grader-${item}`, onclick: go }, text));
}

function certainty(page, model) {
  const words = page.data.words;
  const name = `${page.name}-sure`;
  const levels = [1, 2, 3].map((n) =>
    choice("radio", name, `${name}-${n}`, n, words[`certainty-${n}`], model.get("certainty") === n));
  return make("fieldset", { class: "grader-certainty", "aria-describedby": `${name}-help` },
    make("legend", {}, words.certainty), make("div", { class: "grader-levels" }, ...levels),
    make("p", { class: "grader-hint", id: `${name}-help` }, page.data.sure));
}

const citation = (cite) =>
  make("li", {}, link(cite), cite.gist ? `: ${cite.gist}` : "",
    cite.checked ? make("span", { class: "grader-checked" }, ` (${cite.checked})`) : null);

const part = (title, ...body) => make("div", { class: "grader-part" }, make("h4", {}, title), ...body);
const list = (items) => make("ul", {}, ...items);

const SHAPES = { right: "✔", partly: "◐", wrong: "✘", "by-hand": "✎" };

/** The feedback in its fixed order: verdict, ground, rule, where to look in the story, authority, what would change it. */
function explain(told, words) {
  const shape = make("span", { "aria-hidden": "true" }, `${SHAPES[told.verdict] || "•"} `);
  const rests = told.rests.map(({ choice, says, right, missed }) =>
    make("li", {}, make("span", { "aria-hidden": "true" }, missed ? "○ " : right ? "✔ " : "✘ "),
      make("span", { class: missed ? "" : "grader-spoken" },
        `${words[missed ? "mark-missed" : right ? "mark-right" : "mark-wrong"]} `),
      choice && make("strong", {}, choice), choice && says ? " " : "", says));
  const parts = [
    make("p", { class: "grader-verdict" }, shape, told.heading),
    told.confident && make("p", {}, told.confident),
    rests.length && part(words["rests-on"], list(rests)),
    told.model && part(words["model-answer"], make("p", {}, told.model)),
    told.rubric.length && part(words.rubric, list(told.rubric.map((line) => make("li", {}, line)))),
    told.rule && part(words.rule, make("p", {}, told.rule)),
    told.decides.length && make("p", {}, words.decides),
    told.cites.length && part(words.cites, list(told.cites.map(citation)),
      told.cites_note && make("p", { class: "grader-checked" }, told.cites_note)),
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
    const fold = node.closest("details");
    if (fold) fold.open = true;
    const line = node.closest(".grader-choice") || node;
    line.classList.add("grader-decides");
    (line.querySelector("label") || line).append(make("span", { class: "grader-flag" }, ` ◀ ${words["decides-mark"]}`));
  }
}

const isEmpty = (value) => value == null || (typeof value === "object" ? !Object.keys(value).length : value === "");

/** Draw the question, a list in the order of a draft; returns what to do when it is taken away, which tells whether
    an answer is still under way. */
function draw(model, el, draft) {
  const data = model.get("data");
  const words = data.words;
  const practice = data.mode === "practice";
  const name = `grader-${data.id}-${++serial}`;
  const form = make("form", { class: `grader-question grader-paper grader-in-${data.mode}`, novalidate: true, "data-item": data.id });
  const waiting = practice ? undefined : unsaved.get(data.slot);
  const page = { data, name, form, draft, value: waiting === undefined ? model.get("value") : waiting };
  const { nodes, read, slow } = KINDS[data.kind](page);

  const status = make("p", { class: "grader-status", role: "status" });
  const told = make("div", { class: "grader-told", role: "status" });
  const folded = make("div", { class: "grader-folded" });
  const progress = !practice && make("p", { class: "grader-progress" }, model.get("progress"));
  const hint = make("p", { class: "grader-hint", id: `${name}-hint` }, data.hint);
  const head = make("header", {}, make("div", { class: "grader-top" }, make("p", { class: "grader-number" }, data.number), progress),
    make("h3", {}, data.title));
  const left = [data.content && make("p", { class: "grader-content" }, data.content), instead(data),
    story(data, !isEmpty(page.value)),
      pictures(data.pictures, words["picture-case"], words)].filter(Boolean);
  const right = [
    make("fieldset", { class: `grader-${data.kind}`, "aria-describedby": hint.id }, make("legend", {}, data.stem), hint, ...nodes),
    data.sure && certainty(page, model),
    practice && control("button", { type: "submit", class: "grader-button" }, words.check),
    status, practice && told, practice && folded,
  ].filter(Boolean);
  const beside = left.some((node) => node.classList.contains("grader-story"));
  form.append(head, make("div", { class: beside ? "grader-body grader-beside" : "grader-body" },
    make("div", { class: "grader-left" }, ...left), make("div", { class: "grader-right" }, ...right)));

  let sent = 0;
  let silent = 0;
  let pause = 0;
  let underWay = false;
  let more = false;
  const say = (text, ok) => {
    status.textContent = text;
    status.dataset.ok = String(ok);
  };
  const silence = () => {
    underWay = false;
    say(words["no-reply"], false);
  };
  const send = () => {
    clearTimeout(pause);
    pause = 0;
    const answer = read();
    if (answer === null) return;
    if (!practice) unsaved.set(data.slot, answer);
    more = underWay;
    if (underWay) return;
    const [sure] = checked(form.elements[`${name}-sure`]);
    sent += 1;
    underWay = true;
    clearTimeout(silent);
    silent = setTimeout(silence, PATIENCE);
    try {
      model.send({ answer, certainty: sure ? Number(sure) : null, n: sent });
    } catch {
      silence(); // Python is gone; the answer waits for the next one
    }
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
    } else if (event.target.closest(".grader-certainty") && isEmpty(read())) {
      clearTimeout(pause); // sure of nothing yet: it goes with the answer
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
    const again = answer.verdict === "right" ? "" : make("p", { class: "grader-hint" }, `${words.again} ${words["first-kept"]}`);
    told.replaceChildren(...explain(answer, words), again);
    folded.replaceChildren(reasons(answer, words), pictures(answer.pictures, words["picture-answer"], words));
    mark(form, answer.decides, words);
  };
  const reply = () => {
    const { text, ok, n } = model.get("status");
    if (n !== sent) return;
    clearTimeout(silent);
    underWay = false;
    if (more) {
      send();
      return;
    }
    if (ok) unsaved.delete(data.slot);
    if (ok) channel?.postMessage(data.slot);
    say(text, ok);
    if (ok && practice) show();
  };
  const follow = () => {
    if (progress) progress.textContent = model.get("progress");
  };
  const hurry = () => {
    if (pause) send();
  };

  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (practice) send();
  });
  model.on("change:status", reply);
  model.on("change:progress", follow);
  window.addEventListener("pagehide", hurry);
  document.addEventListener("visibilitychange", hurry);
  el.replaceChildren(form);
  if (practice) show();
  if (waiting !== undefined) send();
  else if (model.get("notice")) setTimeout(() => say(model.get("notice"), true), 50);
  else if (!practice && !isEmpty(page.value)) say(words.restored, true);
  return () => {
    hurry();
    clearTimeout(silent);
    model.off("change:status", reply);
    model.off("change:progress", follow);
    window.removeEventListener("pagehide", hurry);
    document.removeEventListener("visibilitychange", hurry);
    return underWay;
  };
}

function render({ model, el }, draft) {
  let stop = draw(model, el, draft);
  const again = () => {
    const pending = stop();
    if (!pending) unsaved.delete(model.get("data").slot);
    stop = draw(model, el);
  };
  model.on("change:drawn", again);
  return () => {
    model.off("change:drawn", again);
    stop();
  };
}

// What is in English on a page in another language, and what inside of that is not.
const CONTENT = [
  "h3", "[data-sentence]", "fieldset:not(.grader-certainty) > legend", "fieldset:not(.grader-certainty) .grader-choice label",
  "thead th + th", "tbody th", "td label span", ".grader-told li", ".grader-part p:not(.grader-checked)",
  ".grader-folded li", ".grader-line",
].join();
const OURS = ".grader-told li > span, .grader-place, .grader-met, .grader-checked, .grader-flag, .grader-folded p > strong";

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
  let language = model.get("data").language;
  const anew = () => {
    if (model.get("data").language === language) return;
    language = model.get("data").language;
    const before = fields().map(({ checked, value }) => ({ checked, value }));
    const lines = [...el.querySelectorAll("[data-line]")].map((row) => row.dataset.line);
    const told = el.querySelector(".grader-told")?.childElementCount;
    close();
    el.replaceChildren();
    close = render(given, lines.length ? lines : undefined);
    fields().forEach((field, i) => Object.assign(field, field.type === "radio" || field.type === "checkbox" ? { checked: before[i]?.checked } : { value: before[i]?.value ?? "" }));
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
