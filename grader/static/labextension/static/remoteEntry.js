// The learner page: an extension of JupyterLab 4 and Notebook 7, written by hand, without a bundler.
// The loader calls init(sharedScope) and get("./extension") on the object below.
//
// A notebook that asks for it (metadata grader.autorun) and holds nothing but quiz cells is run when
// it is opened and shown without its code. Running code unasked is only safe because each code cell
// must be one of a few fixed forms, and because nothing beside the notebook could take the place of a
// module that these forms import: a folder handed in by somebody may hold a json.py.
(() => {
  const NAME = "@protective-orders/learner";
  const PAGE = "grader-page";
  const GRADED = "grader-graded"; // a quiz for a grade keeps nbgrader's own Validate button
  const SETUP = /^from grader\.widgets import quiz\nquestion = quiz\("[A-Za-z0-9_-]{1,100}"\)\s*$/;
  const ASK = /^question\("[A-Za-z0-9_.-]{1,100}"\)\s*$/;
  const RECEIPT = /^question\.receipt\(\)\s*$/;
  const ALONE = [
    /^from grader\.explorer import explore\nexplore\((?:"[A-Za-z0-9_-]{1,100}")?\)\s*$/,
    /^from grader\.progress import progress\nprogress\(\)\s*$/,
  ];
  const MODULE = /\.(py|pyc|pyd|so|zip|egg)$/i;
  const SAVE_AFTER = 1500; // ms of quiet before the notebook, with its receipt, is saved

  const CSS = `
    .${PAGE} .jp-CodeCell .jp-Cell-inputWrapper, .${PAGE} .jp-InputPrompt, .${PAGE} .jp-OutputPrompt,
    .${PAGE} .jp-OutputArea-promptOverlay, .${PAGE} .jp-Collapser, .${PAGE} .jp-InputCollapser,
    .${PAGE} .jp-OutputCollapser, .${PAGE} .jp-cell-toolbar, .${PAGE}:not(.${GRADED}) .jp-NotebookPanel-toolbar,
    .${PAGE}.${GRADED} .jp-NotebookPanel-toolbar > :not(.validate-button):not(:has(.validate-button)), .${PAGE} .jp-Notebook-footer, .${PAGE} .jp-CellHeader button,
    body.${PAGE}-alone #menu-panel-wrapper, body.${PAGE}-alone .jp-NotebookCheckpoint,
    body.${PAGE}-alone .jp-NotebookKernelLogo { display: none !important; }
    .${PAGE}.${GRADED} .validate-button { border: 2px solid #0b4f9c; border-radius: 6px; margin: 2px 4px; }
    .${PAGE} .jp-Cell, .${PAGE} .jp-Cell.jp-mod-active, .${PAGE} .jp-MarkdownOutput { border-color: transparent !important; box-shadow: none !important; }
    .${PAGE} .jp-CodeCell { padding-top: 0; padding-bottom: 0; }
    .${PAGE} .jp-CodeCell .jp-Cell-outputWrapper { margin-top: 0; }
    .${PAGE} .jp-OutputArea-output { padding: 3px !important; overflow: visible !important; }
    .${PAGE} .jp-mod-outputsScrolled .jp-Cell-outputArea { max-height: none !important; overflow: visible !important; resize: none !important;
      box-shadow: none !important; margin-left: 0 !important; }
    .${PAGE} .jp-Cell { max-width: 78rem; margin-left: auto; margin-right: auto; }
    .${PAGE} .jp-MarkdownOutput > * { max-width: 46rem; }
    .grader-wait { box-sizing: border-box; max-width: 77rem; margin: 0.75rem auto; padding: 0.75rem 1rem; background: #fff4d1; color: #1b1b1b;
      border: 1px solid #8a6100; border-radius: 6px; font: 1rem/1.4 system-ui, sans-serif; }
    .grader-wait[hidden] { display: none; }
    .grader-receipt, .grader-notice { box-sizing: border-box; max-width: 76rem; padding: 0.6rem 1rem; border: 1px solid #767676;
      border-radius: 8px; background: #fff; color: #1b1b1b; font: 1rem/1.5 system-ui, sans-serif; }
    .grader-receipt p, .grader-notice p { margin: 0 0 0.3rem !important; }
    .grader-receipt p:first-child { font-weight: 600; }
    .grader-notice { border: 2px solid #a3261c; }`;

  // words: begin (written by grader words)
  const WORDS = {
    en: {
      "page-wait": "Getting the exercise ready. The first time takes about ten seconds.",
      "page-beside": "This folder holds program files, so nothing was run. If they are yours, choose Run, then Run All Cells.",
      "page-failed": "The exercise could not start. Reload the page to try again.",
      "leave": "Leave this page quickly",
      "leave-keys": "or press Esc 3 times",
    },
    es: {
      "page-wait": "Preparando el ejercicio. La primera vez tarda unos diez segundos.",
      "page-beside": "Esta carpeta contiene archivos de programa, así que no se ejecutó nada. Si son suyos, elija Run y luego Run All Cells.",
      "page-failed": "El ejercicio no pudo iniciarse. Recargue la página para intentarlo de nuevo.",
      "leave": "Salir rápido de esta página",
      "leave-keys": "o presione Esc 3 veces",
    },
  };
  const LEAVE_TO = "https://www.weather.gov/";

  const LEAVE_CSS = `
    /* The button in the corner that leaves the page: always in sight, above everything else. */
    #grader-leave { position: fixed; right: 0.75rem; bottom: 2rem; z-index: 20000; color-scheme: light; }
    #grader-leave button { font: 1rem/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; color: #fff; background: #7a1f16; border: 2px solid #fff; border-radius: 8px; padding: 0.35rem 0.9rem; min-height: 2.75rem; cursor: pointer; }
    #grader-leave button:hover { background: #5c160f; }
    #grader-leave button:focus-visible { outline: 3px solid #b34700; outline-offset: 2px; }
    #grader-leave strong { font-weight: 600; }
    #grader-leave small { display: block; font-size: 0.8rem; line-height: 1.2; color: inherit; }
    @media (max-width: 30rem) {
      #grader-leave { bottom: 0.5rem; right: 0.5rem; }
      #grader-leave small { display: none; }
    }
    /* What gets the focus scrolls into sight above the button, and a page ends above it. */
    html, .jp-WindowedPanel-outer, #rendered_cells { scroll-padding-bottom: 6rem; }
    body:not(:has(> #main)) { padding-bottom: 6rem; }
    @media (forced-colors: active) { #grader-leave button { border-color: ButtonText; } }
    @media print { #grader-leave { display: none !important; } }
  `;

  // Leaving a page quickly: a button that is always in sight, and the Esc key pressed three times. It works
  // while Python is starting, busy or gone. One source for notebooks, the waiting page and the site's pages.

  const ESCAPES = 3;
  const WITHIN = 2000; // ms in which the Esc key must be pressed that often

  /** Put another page in the place of this one at once, whatever the page would like to ask first. */
  function leave(to) {
    document.documentElement.style.visibility = "hidden"; // nothing to read while the other page loads
    neverAsk();
    location.replace(to);
  }

  /** Jupyter asks about unsaved work when a page closes. Its listener came first, so its means to ask are taken away. */
  function neverAsk() {
    window.onbeforeunload = null;
    Object.defineProperty(BeforeUnloadEvent.prototype, "preventDefault", { value: () => undefined });
    Object.defineProperty(BeforeUnloadEvent.prototype, "returnValue", { get: () => "", set: () => undefined });
  }

  /** Show the button once on a page; said again, only its words and their language change. */
  function offerExit({ to, label, keys, language }) {
    let corner = document.getElementById("grader-leave");
    if (!corner) {
      corner = document.createElement("aside");
      corner.id = "grader-leave";
      const button = document.createElement("button");
      button.type = "button";
      button.dataset.lmSuppressShortcuts = "true";
      button.append(document.createElement("strong"), " ", document.createElement("small"));
      button.addEventListener("click", () => leave(to));
      corner.append(button);
      document.body.prepend(corner);
      listenForEscapes(() => leave(to));
    }
    corner.lang = language;
    corner.setAttribute("aria-label", label);
    corner.querySelector("strong").textContent = label;
    corner.querySelector("small").textContent = keys;
  }

  /** Esc also closes menus and leaves the writing of a cell: it is only counted here, never taken away. */
  function listenForEscapes(then) {
    let times = [];
    window.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || event.repeat || event.isComposing) {
        if (event.key !== "Escape") times = [];
        return;
      }
      times = [...times, event.timeStamp].filter((time) => event.timeStamp - time < WITHIN);
      if (times.length >= ESCAPES) then();
    }, true);
  }
  // words: end

  /** The learner's language: chosen on the page, else the browser's, else English. */
  function spoken() {
    let chosen = null;
    try { chosen = localStorage.getItem("grader-language"); } catch { /* storage is blocked */ }
    return [chosen, ...navigator.languages].map((name) => (name || "").slice(0, 2)).find((name) => WORDS[name]) || "en";
  }
  const word = (key) => WORDS[spoken()][key];

  let scope = null;
  const here = document.currentScript && document.currentScript.src;

  /** What a static site needs besides, in site.js; nothing where a server runs Python. */
  async function siteOnly() {
    const { PageConfig } = await shared("@jupyterlab/coreutils");
    if (PageConfig.getOption("graderSite") !== "true") return null;
    const site = await import(new URL("site.js", here).href);
    site.addHome(document, PageConfig.getOption("graderHome"));
    site.leadOn();
    return { ...site, slow: PageConfig.getOption("graderSlow") };
  }

  /** The newest shared copy of a module of the application. */
  async function shared(name) {
    const versions = scope[name];
    const order = (a, b) => a.localeCompare(b, undefined, { numeric: true });
    return (await versions[Object.keys(versions).sort(order).pop()].get())();
  }

  /** Whether the code cells are those of a quiz, the set-up first, or one cell of another fixed form. */
  function isQuiz(model) {
    const asked = model.getMetadata("grader");
    if (!asked || asked.autorun !== true) return false;
    const sources = [...model.cells].filter((cell) => cell.type === "code").map((cell) => cell.sharedModel.getSource());
    const [first, ...others] = sources;
    if (!others.length && ALONE.some((form) => form.test(first || ""))) return true;
    return SETUP.test(first || "") && others.every((source) => ASK.test(source) || RECEIPT.test(source));
  }

  /** Whether nothing in the notebook's folder could be imported in the place of a real module. */
  async function isAlone(panel, contents) {
    const folder = panel.context.path.split("/").slice(0, -1).join("/");
    const { content } = await contents.get(folder, { content: true });
    const harmless = ({ name, type }) => (type === "directory" ? name === "feedback" : !MODULE.test(name));
    return content.filter(({ name }) => !name.startsWith(".")).every(harmless);
  }

  /** Keep single keys from the notebook: without this an arrow leaves a radio group and "d d" deletes a cell. */
  function guardKeys() {
    window.addEventListener("keydown", (event) => {
      const node = event.target;
      if (!(node instanceof HTMLElement) || !node.closest(`.${PAGE}`)) return;
      if (node.closest(".jp-Editor, .cm-editor")) return;
      if (event.ctrlKey || event.metaKey) delete node.dataset.lmSuppressShortcuts;
      else node.dataset.lmSuppressShortcuts = "true";
    }, true);
  }

  function addStyle() {
    const style = document.createElement("style");
    style.textContent = CSS + LEAVE_CSS;
    document.head.append(style);
  }

  function addNote(panel) {
    const note = document.createElement("div");
    note.className = "grader-wait";
    note.setAttribute("role", "status");
    note.lang = spoken();
    panel.content.node.prepend(note);
    return note;
  }

  /** Run all cells, and leave the notebook as if nothing had happened: at its top, with nothing to save. */
  async function run(panel, NotebookActions, note, site, name) {
    note.hidden = false;
    note.textContent = word("page-wait");
    await panel.sessionContext.ready;
    if (site) await site.lend(panel, name).catch(() => undefined);
    const ok = await NotebookActions.runAll(panel.content, panel.sessionContext).catch(() => false);
    note.hidden = ok;
    note.textContent = ok ? "" : word("page-failed");
    panel.content.deselectAll();
    panel.content.activeCellIndex = 0;
    panel.content.mode = "command";
    panel.content.node.scrollTop = 0;
    panel.context.model.dirty = false;
  }

  /** Whether the file on the disk is the one this page knows: another window may have saved it since. */
  async function isOurs(panel, contents) {
    const known = panel.context.contentsModel;
    const { last_modified: there } = await contents.get(panel.context.path, { content: false });
    return !known || Math.abs(new Date(there) - new Date(known.last_modified)) < 500;
  }

  /**
   * A graded notebook carries its receipt: once answers change it, save the notebook quietly. Where another window
   * has saved it, it is left alone: asking which of two notebooks shall count would only frighten, and the answers
   * stand in a file of their own, which both windows share.
   */
  function keepReceipt(panel, busy, contents) {
    let timer = 0;
    const model = panel.context.model;
    const save = async () => {
      if (panel.isDisposed) return;
      if (await isOurs(panel, contents)) await panel.context.save();
      else model.dirty = false;
    };
    // one window at a time looks and saves: both hear of an answer in the same moment
    const inTurn = () => (navigator.locks ? navigator.locks.request(`grader-save ${panel.context.path}`, save) : save());
    model.contentChanged.connect(() => {
      if (busy() || panel.isDisposed) return;
      clearTimeout(timer);
      timer = setTimeout(() => inTurn().catch(() => undefined), SAVE_AFTER);
    });
  }

  /**
   * Each answer is in its own file before the page says that it is saved: whoever reloads or leaves loses nothing,
   * and is asked whether to stay only where they wrote into a cell of a notebook that nobody saves for them.
   */
  function neverAskToStay(model, saves) {
    const written = () => JSON.stringify([...model.cells].map((cell) => cell.sharedModel.getSource()));
    const opened = written();
    model.stateChanged.connect((_, { name }) => {
      if (name === "dirty" && model.dirty && (saves || written() === opened)) model.dirty = false;
    });
  }

  /** After a restart of Python the questions are dead until they are run again. */
  function runAfterRestart(panel, start) {
    let restarted = false;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") restarted = true;
      else if (status === "idle" && restarted) {
        restarted = false;
        start();
      }
    });
  }

  async function open(panel, NotebookActions, { shell, serviceManager: { contents } }, site) {
    await panel.context.ready;
    const model = panel.context.model;
    if (!isQuiz(model)) return;
    offerExit({ to: LEAVE_TO, label: word("leave"), keys: word("leave-keys"), language: spoken() });
    if (!(await isAlone(panel, contents))) {
      addNote(panel).textContent = word("page-beside");
      return;
    }
    panel.addClass(PAGE);
    if (model.getMetadata("grader").sheet?.mode === "quiz") panel.addClass(GRADED);
    else panel.toolbar.hide(); // what is only not displayed keeps its place in the layout: an empty grey band
    if (document.body.dataset.notebook === "notebooks") {
      document.body.classList.add(`${PAGE}-alone`);
      shell.menu?.hide();
    }
    const note = addNote(panel);
    if (site) site.neverSave(panel);
    const name = site ? await site.browserName(contents) : "";
    let busy = true;
    const start = async () => {
      busy = true;
      if (isQuiz(model)) await run(panel, NotebookActions, note, site, name);
      busy = false;
    };
    const { sheet, first } = model.getMetadata("grader");
    const waits = site ? [await site.showFirst(panel, first, name), site.minding(note, site.slow)] : [];
    await start();
    waits.forEach((over) => over());
    runAfterRestart(panel, start);
    const graded = sheet && sheet.mode === "quiz";
    neverAskToStay(model, graded || site);
    if (graded && !site) keepReceipt(panel, () => busy, contents);
  }

  async function extension() {
    const { INotebookTracker, NotebookActions } = await shared("@jupyterlab/notebook");
    const site = await siteOnly();
    const plugin = {
      id: `${NAME}:plugin`,
      description: "Opens quiz notebooks as a plain page.",
      autoStart: true,
      requires: [INotebookTracker],
      activate: (app, tracker) => {
        addStyle();
        guardKeys();
        tracker.widgetAdded.connect((_, panel) => void open(panel, NotebookActions, app, site));
      },
    };
    return () => ({ __esModule: true, default: plugin });
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = { init: (given) => { scope = given; }, get: extension };
})();
