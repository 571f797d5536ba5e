"""Takes pictures of every kind of page, as people meet them, at three sizes: ``make screenshots``.

Writes small WebP files and a page that shows them into docs/screens. Look at each of them before you commit it.
"""

import json
import random
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from unittest import mock

from PIL import Image
from playwright.sync_api import expect, sync_playwright

from grader.answers import Entry, Reading, Record
from grader.bank import Bank
from grader.gradebook.pages import page as feedback_page
from grader.lab import prepare
from grader.messages import say
from grader.record import Store, answers_path
from grader.report import gather, write
from grader.sheet import KeySheet, Sheet
from grader.site import contents, pages
from tests.e2e.conftest import CHROMIUM, FLAGS, LEARNER, REPOSITORY, SLOW, Lab, serving
from tests.sample_report import a_class, make_course, simulated

INTO = REPOSITORY / "docs" / "screens"
SIZES = {360: 740, 768: 1000, 1280: 900}
"""Width and height of the window: a telephone, a tablet, a laptop."""
LAB_FROM = 1000
"""From this width on a notebook is shown in JupyterLab, below it in Notebook 7."""
PRACTICE = "practice-waiver/waiver.ipynb"
DURATION = "practice-duration/duration.ipynb"
QUIZ = "quiz-waiver/waiver.ipynb"
FINAL = "quiz-final/final.ipynb"


@dataclass(frozen=True)
class World:
    """What the pages are taken from: a running JupyterLab with the whole course, and pages that need no server."""

    lab: Lab
    flat: Path

    def notebook(self, page: Any, path: str) -> None:
        """Open a notebook and wait until it can be used."""
        app = "lab" if page.viewport_size["width"] >= LAB_FROM else "notebook"
        page.goto(self.lab.address(self.lab.root / path, app))
        expect(page.locator(".grader-paper, .grader-explore, .grader-progress").first).to_be_visible()
        expect(page.locator(".grader-wait")).to_be_hidden()

    def fresh(self, page: Any, path: str) -> None:
        """Open a copy of a notebook that nobody has answered."""
        source = self.lab.root / path
        copy = self.lab.root / "fresh" / str(len(list(self.lab.root.glob("fresh/*")))) / source.name
        copy.parent.mkdir(parents=True)
        copy.write_bytes(source.read_bytes())
        self.notebook(page, copy.relative_to(self.lab.root).as_posix())

    def plain(self, page: Any, name: str) -> None:
        """Open a page that needs no server."""
        page.goto((self.flat / name).as_uri())


Shot = Callable[[World, Any], None]


def question(page: Any, n: int = 0) -> Any:
    """The form of one question."""
    return page.locator(".grader-question").nth(n)


def to_top(node: Any) -> None:
    """Scroll until something stands at the top of what can be seen."""
    for _ in range(30):  # JupyterLab gives what comes into sight its height only then, and so moves the rest
        node.evaluate("node => node.scrollIntoView({block: 'start'})")
        node.page.wait_for_timeout(100)
        if 0 <= node.evaluate("node => node.getBoundingClientRect().top") < SIZES[node.page.viewport_size["width"]] / 3:
            break
    expect(node).to_be_in_viewport(ratio=0.1)


def practice(world: World, page: Any) -> None:
    """A practice set as it opens."""
    world.fresh(page, PRACTICE)


def chosen(world: World, page: Any) -> None:
    """A practice question, with an option chosen and not yet checked."""
    world.fresh(page, PRACTICE)
    question(page, 1).get_by_role("radio").nth(1).check()
    question(page, 1).get_by_role("radio", name=say("certainty-2")).check()
    to_top(question(page, 1))


def checked(world: World, page: Any) -> None:
    """The same question, checked: what a wrong answer rests on, the rule, the authority, the sentence that decides."""
    chosen(world, page)
    for option in question(page, 1).locator("fieldset.grader-single").get_by_role("radio").all():
        option.check()
        question(page, 1).get_by_role("button", name=say("check")).click()
        expect(question(page, 1).locator(".grader-verdict")).to_be_visible()
        if question(page, 1).locator(".grader-told").get_attribute("data-verdict") == "wrong":
            break
    wide = page.viewport_size["width"] >= LAB_FROM
    to_top(question(page, 1) if wide else question(page, 1).locator(".grader-told"))


def quiz(world: World, page: Any) -> None:
    """A question of a quiz for a grade: saved, not explained."""
    world.fresh(page, QUIZ)
    question(page).get_by_role("radio").first.check()
    expect(question(page).locator(".grader-status")).to_contain_text("Saved.")
    to_top(question(page))


def kind(world: World, page: Any, name: str, path: str) -> None:
    """The first question of one kind in a notebook."""
    world.fresh(page, path)
    to_top(page.locator(".grader-question").filter(has=page.locator(f"fieldset.grader-{name}")).first)


def grid(world: World, page: Any) -> None:
    """Several statements, each allowed or not."""
    kind(world, page, "grid", FINAL)


def order(world: World, page: Any) -> None:
    """Things to put in order."""
    kind(world, page, "order", DURATION)


def day(world: World, page: Any) -> None:
    """A day to count to; the quiz asks how sure one is."""
    kind(world, page, "date", FINAL)


def written(world: World, page: Any) -> None:
    """A text to write, which a person marks."""
    kind(world, page, "written", QUIZ)


def receipt(world: World, page: Any) -> None:
    """The end of a quiz: what is saved, what is open, the answers in one's own hand."""
    quiz(world, page)
    to_top(page.locator(".grader-receipt"))


def pictures(world: World, page: Any) -> None:
    """The pictures of a case: when each order holds, and who is bound toward whom."""
    world.fresh(page, DURATION)
    folded = question(page).get_by_text(say("picture-case"), exact=True)
    folded.click()
    expect(question(page).get_by_role("img", name=re.compile("^Timeline: "))).to_be_visible()
    to_top(folded)


def what_if(world: World, page: Any) -> None:
    """The what-if explorer: one fact of a story changed, and what follows."""
    world.notebook(page, "what-if/what-if.ipynb")
    page.get_by_label("The story", exact=True).select_option("invited-to-dinner")
    page.get_by_role("button", name="Who did it: Dana → No").click()
    expect(page.locator(".grader-explore").get_by_role("status")).to_contain_text("The answer is now: No.")


def progress(world: World, page: Any) -> None:
    """How far a learner is, and what is worth another look."""
    world.notebook(page, "progress/progress.ipynb")
    expect(page.get_by_role("heading", name=say("progress-again"))).to_be_visible()
    to_top(page.locator(".grader-progress").first)


def site(world: World, page: Any) -> None:
    """The first page of the learners’ site."""
    world.plain(page, "site/index.html")


def help_lines(world: World, page: Any) -> None:
    """Help lines, and what leaving quickly does and does not do."""
    site(world, page)
    for folded in page.locator(".grader-care:visible summary").all():
        folded.click()


def printed(world: World, page: Any) -> None:
    """A set of questions to read and to print, where nothing can be run."""
    world.plain(page, "site/print/practice-duration.html")


def feedback(world: World, page: Any) -> None:
    """The feedback on a quiz that an instructor gave back."""
    world.plain(page, "feedback.html")


def report(world: World, page: Any) -> None:
    """The report on a class, for its instructor; sixty made-up learners."""
    world.plain(page, "report.html")


SHOTS: tuple[Shot, ...] = (
    *(practice, chosen, checked, quiz, grid, order, day, written, receipt, pictures),
    *(what_if, progress, site, help_lines, printed, feedback, report),
)


def flat_pages(folder: Path, bank: Bank) -> None:
    """Write the pages that need no server."""
    (folder / "site").mkdir()
    pages.write(folder / "site", contents.gather(bank, folder / "contents"))
    sheet, keys = bank.quizzes()["waiver"]
    (folder / "feedback.html").write_text(feedback_page(sheet, keys, taken(sheet, keys), LEARNER, {}), encoding="utf-8")
    final = simulated(["final"])["final"]
    course = make_course(folder / "course", [final.built])
    people = a_class(course, final, 60, sure=True)
    with mock.patch.object(gather, "register", return_value=people):
        shown = write.report(course, "final", date(2030, 1, 5)).page
    (folder / "report.html").write_text(shown, encoding="utf-8")


def taken(sheet: Sheet, keys: KeySheet) -> Reading:
    """A quiz that a learner took: the first question wrong, every other one right, the last two not answered."""
    items = {}
    for n, item in enumerate(sheet.items[:-2]):
        asked = item.pick(sheet.salt, LEARNER)
        choices = next(one for one in keys.items if one.id == item.id).of(asked.variant).choices
        fits = [id for id, choice in choices.items() if choice.right == bool(n)]
        if item.kind in ("single", "select") and fits:
            given = fits[:1] if item.kind == "single" else fits
            items[item.id] = Entry(asked.variant, given, 3, "2030-01-01T10:00:00+00:00", 1, given)
    return Reading(Record(sheet.quiz, sheet.version, LEARNER, "2030-01-01T10:00:00+00:00", 1, items))


def practised(lab: Lab) -> None:
    """Answers to two practice sets, some right and some wrong, so that there is progress to show."""
    dice = random.Random(7)
    for path in (PRACTICE, DURATION):
        sheet = Sheet.from_json(json.loads((lab.root / path).read_text())["metadata"]["grader"]["sheet"])
        store = Store(answers_path(lab.root / path), sheet, LEARNER)
        for item in sheet.items[1:]:
            if item.kind == "single":
                store.answer(item.id, [dice.choice(store.variant(item.id).options).id], dice.randint(1, 3))


def take(chromium: Any, world: World, shot: Shot, width: int) -> bytes:
    """One picture, as a file in the form WebP."""
    context = chromium.new_context(viewport={"width": width, "height": SIZES[width]}, reduced_motion="reduce")
    context.set_default_timeout(SLOW)
    try:
        page = context.new_page()
        shot(world, page)
        png = page.screenshot()
    finally:
        context.close()
    with BytesIO() as small:
        Image.open(BytesIO(png)).save(small, "WEBP", quality=70, method=6)
        return small.getvalue()


def readme(chromium: Any, world: World) -> bytes:
    """The picture at the head of the README: the whole question, checked."""
    page = chromium.new_page(viewport={"width": 768, "height": 2400}, reduced_motion="reduce")
    page.set_default_timeout(SLOW)
    checked(world, page)
    page.add_style_tag(content="#grader-leave { display: none }")  # it would stand in the middle of so tall a picture
    picture: bytes = question(page, 1).screenshot()
    page.close()
    return picture


def table() -> Iterator[str]:
    """The page that shows them all."""
    yield "# What the pages look like\n"
    yield "Made by `make screenshots` in Debian’s Chromium, 360, 768 and 1280 px wide: telephone, tablet, laptop."
    yield "Notebooks stand in Notebook 7 on the first two and in JupyterLab on the third. All people are made up.\n"
    for shot in SHOTS:
        yield f"## {str(shot.__doc__).rstrip('.')}\n"
        widths = {360: 180, 768: 300, 1280: 440}
        yield " ".join(
            f'<img src="{name(shot, width)}" width="{shown}" alt="{width} px wide">' for width, shown in widths.items()
        )
        yield ""


def name(shot: Shot, width: int) -> str:
    """The file of a picture."""
    return f"{shot.__name__.replace('_', '-')}-{width}.webp"


def main(*only: str) -> None:
    """Take all pictures, or those that are named."""
    expect.set_options(timeout=SLOW)
    INTO.mkdir(exist_ok=True)
    bank = Bank(REPOSITORY)
    wanted = [shot for shot in SHOTS if not only or shot.__name__ in only]
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        lab = stack.enter_context(serving(home))
        world = World(lab, home / "flat")
        world.flat.mkdir()
        prepare(bank, lab.root)
        practised(lab)
        flat_pages(world.flat, bank)
        browser = stack.enter_context(sync_playwright()).chromium
        chromium = browser.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
        for shot in wanted:
            for width in SIZES:
                (INTO / name(shot, width)).write_bytes(take(chromium, world, shot, width))
                print(name(shot, width), flush=True)
        if not only or "readme" in only:
            (INTO.parent / "practice.png").write_bytes(readme(chromium, world))
        chromium.close()
    (INTO / "README.md").write_text("\n".join(table()), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
