// The what-if explorer. Data becomes text nodes, never markup; every word shown comes from Python. The page
// says what was chosen, Python puts the question to the rules again, and the page is drawn anew with the
// focus where it was.

const TYPING = 600; // ms without a key until what was typed into a list counts
let serial = 0;

/** An element that can hold the focus, and that its key finds again in the next drawing. */
const kept = (tag, key, attributes, ...children) => control(tag, { ...attributes, "data-key": key }, ...children);

const heading = (key, text) => make("h2", { tabindex: "-1", "data-key": key }, text);

/** What is in English, on a page in whatever language: stories, rules, authorities. */
const english = { lang: "en" };

const citation = (page, key) => (cite, i) =>
  make("li", english, link(cite, { "data-key": `${key}-${i}` }), cite.gist ? `: ${cite.gist}` : "",
    cite.checked ? make("span", { class: "grader-small", lang: page.data.language }, ` (${cite.checked})`) : null);

/** Some words in the language that Python says they are in; without one, in that of the page. */
const spoken = (text, lang) => make("span", { lang: lang || null }, text);

/** One of several, for a fact: a list to choose from. Whoever types a name reaches it before the page is drawn anew. */
function select(page, knob) {
  const id = `${page.name}-${knob.id}`;
  let typed = false;
  let pause = 0;
  const take = () => page.set(knob.id, input.value);
  const onchange = () => {
    clearTimeout(pause);
    pause = setTimeout(take, typed ? TYPING : 0);
  };
  const input = kept("select", knob.id,
    { id, onchange, onkeydown: () => { typed = true; }, onpointerdown: () => { typed = false; } },
    knob.options.map(({ value, text, lang }) => make("option", { value, lang: lang || null }, text)));
  input.value = knob.value;
  return make("div", { class: "grader-knob" }, make("label", { for: id }, knob.label), input);
}

/** A day, an hour or a number: taken when it is complete and the person says so, not while it is typed. */
function entry(page, knob) {
  const type = { day: "date", hour: "time", number: "number" }[knob.form];
  const id = `${page.name}-${knob.id}`;
  const limits = { date: { min: "1900-01-01", max: "2199-12-31" }, number: { min: 0, max: 999999, step: 1 } }[type];
  const input = kept("input", knob.id, { type, id, ...limits });
  input.value = knob.value;
  const use = kept("button", `${knob.id}-use`, { type: "submit", class: "grader-plain", "aria-label": `${page.words.use}: ${knob.label}` },
    page.words.use);
  const taken = (event) => {
    event.preventDefault();
    page.set(knob.id, input.value);
  };
  return make("form", { class: "grader-knob", novalidate: true, onsubmit: taken },
    make("label", { for: id }, knob.label), make("div", { class: "grader-entry" }, input, use));
}

/** The author's other sentences, or words of a list to take in and out. */
function marks(page, knob) {
  const type = knob.form === "ticks" ? "checkbox" : "radio";
  const rows = knob.options.map(({ value, text, lang }, i) => {
    const id = `${page.name}-${knob.id}-${i}`;
    const input = kept("input", `${knob.id}=${value}`,
      { type, id, name: `${page.name}-${knob.id}`, onchange: () => page.set(knob.id, value) });
    input.checked = type === "radio" ? knob.value === value : knob.value.includes(value);
    return make("div", { class: "grader-mark" }, input, make("label", { for: id, lang: lang || null }, text));
  });
  return make("fieldset", { class: "grader-knob" },
    make("legend", { class: type === "checkbox" && "grader-spoken" }, knob.label), rows);
}

function knob(page, one) {
  if (one.form === "ticks") return folded(`ticks-${one.id}`, one.label, {}, marks(page, one));
  if (one.id.startsWith("told-")) return marks(page, one);
  return one.form === "choice" ? select(page, one) : entry(page, one);
}

const folded = (key, title, attributes, ...content) =>
  make("details", { "data-fold": key, ...attributes }, kept("summary", key, {}, title), ...content);

function pickers(page) {
  const { data, words } = page;
  const story = select({ ...page, set: (_, value) => page.act("story", value) },
    { id: "story", label: words["pick-story"], value: data.story, options: data.stories });
  const questions = data.questions.map(({ value, text }, i) => {
    const id = `${page.name}-q${i}`;
    const input = kept("input", `question=${value}`,
      { type: "radio", id, name: `${page.name}-q`, value, onchange: () => page.act("question", value) });
    input.checked = value === data.question;
    return make("div", { class: "grader-mark" }, input, make("label", { for: id, ...english }, text));
  });
  return [story, make("fieldset", {}, make("legend", {}, words["pick-question"]), questions),
    data.knobs.map((one) => knob(page, one))];
}

function line(page, one, n) {
  const { words } = page;
  const id = `${page.name}-line-${n}`;
  const flag = (text) => make("span", { class: "grader-flag", lang: page.data.language }, text);
  const text = make("p", { id, class: one.decides ? "grader-decides" : "", ...english },
    one.was ? make("mark", {}, one.text) : one.text,
    one.changed ? flag(` ✎ ${words["changed-mark"]}`) : null,
    one.decides ? flag(` ◀ ${words.decides}`) : null);
  const was = one.was && make("p", { class: "grader-small" }, `${words.before} `, make("s", english, one.was));
  const notes = one.notes.map((note) => make("p", { class: "grader-note" }, "✎ ", note));
  const rest = one.more.length > 0 &&
    folded(`more-${n}`, words["more-facts"], {}, one.more.map((each) => knob(page, each)));
  const change = one.knobs.length + one.more.length > 0 &&
    folded(`line-${n}`, words["change-line"], { role: "group", "aria-labelledby": id }, one.knobs.map((each) => knob(page, each)), rest);
  return make("li", {}, text, was, notes, change);
}

function story(page) {
  const { data, words } = page;
  return [heading("story-head", words.story), data.content && make("p", { class: "grader-small", ...english }, data.content),
    make("p", { class: "grader-small" }, words["story-hint"]),
    make("ol", { class: "grader-lines" }, data.lines.map((one, n) => line(page, one, n)))];
}

function changes(page) {
  const { data, words } = page;
  const list = data.changed.length
    ? make("ul", {}, data.changed.map((text) => make("li", {}, text)))
    : make("p", {}, words["nothing-changed"]);
  const buttons = make("p", { class: "grader-buttons" },
    data.undo && kept("button", "undo", { type: "button", class: "grader-plain", onclick: () => page.act("undo") }, words.undo),
    data.changed.length > 0 && kept("button", "reset", { type: "button", class: "grader-plain", onclick: () => page.act("reset") }, words.reset));
  return [make("h3", {}, words["you-changed"]), list, buttons];
}

/** One answer with what it turns on and every reason; steps that only this side has are marked. */
function side(page, told, title, mark, key) {
  const { words } = page;
  const steps = told.steps.map(({ says, met, own, cites }, i) =>
    make("li", {}, own ? make("strong", { class: "grader-own" }, `${mark} `) : null, make("span", english, says), met ? ` (${met})` : "",
      cites.length ? make("ul", {}, cites.map(citation(page, `${key}-step-${i}`))) : null));
  return make("section", { class: "grader-side", "aria-label": title },
    make("h3", {}, title),
    make("p", { class: "grader-answer", "data-open": String(told.open) }, make("span", { class: "grader-spoken" }, `${words.answer}: `), spoken(told.answer, told.lang)),
    make("h4", {}, words["turns-on"]), make("p", english, told.decides),
    told.cites.length > 0 && [make("h4", {}, words.law), make("ul", {}, told.cites.map(citation(page, key)))],
    folded(`${key}-steps`, words.reasons, {}, make("ol", {}, steps)));
}

function answers(page) {
  const { data, words } = page;
  const verdict = data.now &&
    make("p", { class: "grader-verdict" }, make("span", { "aria-hidden": "true" }, data.same ? "＝ " : "⇄ "), words[data.same ? "same" : "flipped"]);
  return [heading("answer", words["answer-now"]), make("p", { class: "grader-stem", ...english }, data.stem), verdict, changes(page),
    make("div", { class: "grader-sides" },
      side(page, data.told, words["as-told"], words["old-step"], "told"),
      data.now && side(page, data.now, words["as-changed"], words["new-step"], "now"))];
}

function flip(page, label) {
  return ({ id, value, text, lang, answer, then }) =>
    make("li", {}, kept("button", `flip-${id}-${value}`, { type: "button", class: "grader-flip", onclick: () => page.flip(id, value) },
      make("span", { class: "grader-spoken" }, `${label}: `), spoken(text, lang), make("span", { class: "grader-then", lang: then || null }, ` → ${answer}`)));
}

function flips(page, found) {
  const { words, data } = page;
  const head = heading("flips", words.flips);
  if (found.n !== data.n) return [head, make("p", {}, words["flips-wait"])];
  const fact = (key) => ({ label, options, rest, more }) =>
    make("li", {}, make("h4", {}, label), make("ul", { class: "grader-flips" }, options.map(flip(page, label))),
      more && folded(`flips-${key}-${options[0].id}`, more, {}, make("ul", { class: "grader-flips" }, rest.map(flip(page, label)))));
  const groups = found.groups.map(({ about, lang, facts }, i) =>
    [make("h3", { lang: lang || null }, about), make("ul", { class: "grader-groups" }, facts.map(fact(i)))]);
  return [head, make("p", { class: "grader-small" }, groups.length ? words["flips-hint"] : words["flips-none"], ` ${found.tried}`),
    groups, found.unknown && make("p", { class: "grader-small" }, found.unknown)];
}

/** A drawing of ours, as elements of this page, so that it keeps its colours in every contrast mode. */
function drawing(svg) {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  return parsed.querySelector("parsererror, script") ? "" : document.importNode(parsed.documentElement, true);
}

function pictures(page) {
  const { data, words } = page;
  return [heading("pictures", words.pictures), data.pictures.map(({ svg, title, text }, i) =>
    make("figure", {}, make("figcaption", {}, title), drawing(svg),
      folded(`words-${i}`, words["in-words"], {}, make("ul", {}, text.map((each) => make("li", {}, each))))))];
}

function render({ model, el }) {
  const name = `grader-what-if-${++serial}`;
  const status = make("p", { class: "grader-now", role: "status" });
  const body = make("div");
  const found = make("section");
  const root = make("div", { class: "grader-explore" }, status, body);
  let sent = 0;
  let silent = 0;
  let goTo = "";
  let acted = false;

  const act = (what, value = "", knob = "") => {
    sent += 1;
    acted = true;
    clearTimeout(silent);
    silent = setTimeout(() => { status.textContent = model.get("page").no_reply; }, PATIENCE);
    model.send({ do: what, knob, value, n: sent });
  };
  const drawn = () => {
    const data = model.get("page");
    return {
      name, data, words: data.words, act,
      set: (knob, value) => act("set", value, knob),
      flip: (knob, value) => { goTo = "answer"; act("set", value, knob); },
    };
  };
  const keyed = (key) => [...body.querySelectorAll("[data-key]")].find((node) => node.dataset.key === key);

  /** What was typed and not yet used; it outlives another language, but no change that the learner made. */
  const entered = () => [...body.querySelectorAll(".grader-entry input")].map((input) => [input.dataset.key, input.value]);
  const type = (typed) => typed.forEach(([key, value]) => { if (keyed(key)) keyed(key).value = value; });

  /** Draw anew; what was unfolded stays so, and the focus stays on what had it, else goes to the answer. */
  const redraw = (part, whole = false) => {
    const had = body.contains(document.activeElement) ? document.activeElement.dataset.key : "";
    const open = new Set([...body.querySelectorAll("details[open]")].map((node) => node.dataset.fold));
    const typed = entered();
    part(drawn());
    if (!acted) type(typed);
    if (whole) acted = false;
    root.lang = model.get("page").language;
    body.querySelectorAll("details").forEach((node) => { node.open = open.has(node.dataset.fold); });
    if (!had && !goTo) return;
    const wanted = (goTo && keyed(goTo)) || keyed(had) || keyed("answer");
    wanted.focus({ preventScroll: !goTo });
    if (goTo) wanted.scrollIntoView({ block: "start" });
    goTo = "";
  };
  const all = () => redraw((page) => {
    found.replaceChildren(...make("div", {}, flips(page, model.get("flips"))).childNodes);
    body.replaceChildren(make("section", {}, pickers(page)), make("section", {}, story(page)),
      make("section", {}, answers(page)), found, make("section", {}, pictures(page)));
  }, true);
  const searched = () => redraw((page) =>
    found.replaceChildren(...make("div", {}, flips(page, model.get("flips"))).childNodes));
  const reply = () => {
    const { text, n } = model.get("status");
    if (n !== sent) return;
    clearTimeout(silent);
    status.textContent = text;
    if (goTo) redraw(() => undefined);
  };

  model.on("change:page", all);
  model.on("change:flips", searched);
  model.on("change:status", reply);
  all();
  status.textContent = model.get("status").text;
  el.append(root);
  return () => {
    clearTimeout(silent);
    model.off("change:page", all);
    model.off("change:flips", searched);
    model.off("change:status", reply);
  };
}

export default { render };
