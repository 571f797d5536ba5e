"""The notebooks of the site: practice, quizzes as they are released, and whatever else stands in notebooks/."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from grader import lab
from grader.bank import Bank
from grader.notebooks import HOW, HOW_TO_PRACTISE, START
from grader.sheet import Item, Question, Sheet
from grader.site.words import english, every
from grader.words import Topic

PAPER = "paper"
"""In whose name the variants on the pages to print are chosen. Each page says which variants they are."""
ORDER = ("practice", "tool", "quiz")
TOPICS = get_args(Topic)


@dataclass(frozen=True)
class Shown:
    """One notebook of the site."""

    path: str
    """Where it stands among the notebooks, as the address of its page names it."""
    title: str
    kind: Literal["practice", "quiz", "tool"]
    sheet: Sheet | None
    """What it asks; a tool asks nothing."""

    @property
    def name(self) -> str:
        """Its folder, a name that no other notebook of the site has."""
        return self.path.split("/")[0]

    def questions(self) -> list[tuple[Item, Question]]:
        """Each item with the variant of it that the page to print shows."""
        if self.sheet is None:
            return []
        return [(item, item.pick(self.sheet.salt, PAPER)) for item in self.sheet.items]

    @property
    def contents(self) -> list[str]:
        """What the stories hold that somebody may want to know before reading them, each said once, of all variants."""
        items = self.sheet.items if self.sheet else ()
        return list(dict.fromkeys(one.content for item in items for one in item.variants if one.content))


def gather(bank: Bank, folder: Path) -> tuple[Shown, ...]:
    """Put every notebook of the site into a folder; what is there: practice, tools, quizzes."""
    paths = lab.prepare(bank, folder)
    paths += _tools(bank, folder, {path.name for path in paths})
    return tuple(sorted((_shown(path, folder) for path in paths), key=_place))


def _place(one: Shown) -> tuple[int, int, str]:
    """In the order in which the topics are taught, and what mixes them last."""
    topic = one.sheet.quiz if one.sheet else ""
    return ORDER.index(one.kind), TOPICS.index(topic) if topic in TOPICS else len(TOPICS), one.path


def _tools(bank: Bank, folder: Path, there: set[str]) -> list[Path]:
    """Copy the notebooks that no file of questions stands behind, each into a folder of its own."""
    made = []
    for source in sorted((bank.root / "notebooks").glob("*.ipynb")):
        if source.name not in there and not source.with_suffix(".yaml").exists():
            path = folder / source.stem / source.name
            path.parent.mkdir(parents=True)
            path.write_bytes(source.read_bytes())
            made.append(path)
    return made


def _shown(path: Path, folder: Path) -> Shown:
    """Say in the notebook what holds in a browser, and note what the site has to know of it."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    held = notebook["metadata"].get("grader", {})
    sheet = Sheet.from_json(held["sheet"]) if "sheet" in held else None
    _speak_of_the_browser(notebook, sheet)
    if sheet:
        held["first"] = _first(sheet)
    path.write_text(f"{json.dumps(notebook, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
    place = path.relative_to(folder).as_posix()
    return Shown(place, sheet.title if sheet else _heading(notebook), sheet.mode if sheet else "tool", sheet)


def _speak_of_the_browser(notebook: dict[str, Any], sheet: Sheet | None) -> None:
    """Put, in the place of the words about files and menus, those that are true on the site."""
    intro = notebook["cells"][0]
    text = "".join(intro["source"])
    if sheet:
        how = (HOW_TO_PRACTISE if sheet.mode == "practice" else HOW).format(quiz=sheet.quiz)
        if how not in text or START not in text:
            raise AssertionError("the first cell of a notebook does not say how answers are kept")
        text = text.replace(how, english(f"site-how-{sheet.mode}"))
    intro["source"] = text.replace(f"{START}\n\n", "").splitlines(keepends=True)


def _first(sheet: Sheet) -> dict[str, Any]:
    """The first story in each variant, for the page to choose and show one while Python is still starting."""
    item = sheet.items[0]
    return {"pick": f"{sheet.salt}\0{item.id}\0", "variants": [_told(question) for question in item.variants]}


def _told(question: Question) -> dict[str, Any]:
    """A story that somebody may not want to read waits for the question, which asks first."""
    about = every("content", content=question.content) if question.content else None
    story = [line.text for line in question.story] if question.mild else []
    return {"title": question.title, "about": about, "label": every("story") if story else None, "story": story}


def _heading(notebook: dict[str, Any]) -> str:
    lines = "".join("".join(cell["source"]) + "\n" for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return next((line[2:].strip() for line in lines.splitlines() if line.startswith("# ")), english("site-tool"))
