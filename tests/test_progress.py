"""What a learner sees of the answers given so far: counted fairly, named plainly, never harmed by a bad file."""

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from html import escape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from grader import care, lab, messages, progress_page, widgets
from grader.bank import Bank
from grader.carebar import as_html
from grader.messages import say
from grader.notebooks import practice_notebook, progress_notebook, quiz_notebook, text
from grader.progress import Done, Part, Progress, gather, handed_in, progress
from grader.record import Store, answers_path
from tests.sample_quiz import KEYS, QUIZ, SHEET, right, wrong

ANA = "ana"
PRACTICE = replace(SHEET, mode="practice", title="Practice: permission")
ROOT = Path(__file__).parent.parent


@pytest.fixture(autouse=True)
def nobody_has_handed_in(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    data = tmp_path_factory.mktemp("data")
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(data))
    return data


def put(folder: Path, sheet=PRACTICE, keys=KEYS) -> Path:
    path = folder / f"{sheet.quiz}.ipynb"
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(text(practice_notebook(sheet, keys) if sheet.mode == "practice" else quiz_notebook(sheet)))
    return path


def answer(path: Path, answers, sheet=PRACTICE, learner: str = ANA, sure: int | None = None) -> None:
    store = Store(answers_path(path), sheet, learner)
    for item, given in answers.items():
        assert store.answer(item, given, sure).ok


def here(folder: Path) -> Progress:
    return gather(folder, ANA)


class Page(HTMLParser):
    """The tags of a page, its headings and its links."""

    def __init__(self, html: str):
        super().__init__()
        self.tags: list[str] = []
        self.hrefs: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.hrefs += [value for name, value in attrs if name == "href"]


def test_an_empty_start_says_where_to_begin(tmp_path: Path) -> None:
    put(tmp_path / "practice-waiver")
    (tmp_path / "progress").mkdir()
    html = progress_page.page(here(tmp_path / "progress"))
    assert "Nothing answered yet. Start with" in html
    assert Page(html).hrefs[0] == "../practice-waiver/waiver.ipynb"
    assert say("progress-again") not in html
    assert "Nothing answered yet." in progress_page.as_text(here(tmp_path / "progress"))


def test_where_there_is_no_course_the_page_says_so(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert say("progress-none") in progress_page.page(here(tmp_path / "a"))


@pytest.mark.parametrize("layout", ["beside", "flat", "inside"])
def test_answers_are_found_in_folders_side_by_side_and_in_one_folder(tmp_path: Path, layout: str) -> None:
    at = {"beside": ("waiver", "progress"), "flat": (".", "."), "inside": ("waiver", ".")}[layout]
    path, own = put(tmp_path / at[0]), tmp_path / at[1]
    own.mkdir(exist_ok=True)
    answer(path, {"w1": right("w1", ANA)})
    [part] = here(own).parts
    assert (part.answered, part.total, part.first, part.now) == (1, 6, 1, 1)
    assert (own / part.href).resolve() == path.resolve()


def test_the_first_try_and_the_answer_now_are_counted_apart(tmp_path: Path) -> None:
    path = put(tmp_path)
    answer(path, {"w1": wrong("w1", ANA), "w2": right("w2", ANA)})
    answer(path, {"w1": right("w1", ANA), "w3": wrong("w3", ANA)})
    [part] = here(tmp_path).parts
    assert (part.answered, part.first, part.now) == (3, 1, 2)
    html = progress_page.page(here(tmp_path))
    cells = re.findall(r"<td[^>]*>([^<]*)</td>", html)
    assert cells == ["3 of 6", "1 of the 3 answered", "2 of the 3 answered"]


def test_a_written_answer_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    path = put(tmp_path)
    answer(path, {"w9": "Only the court."})
    [part] = here(tmp_path).parts
    assert [one.state for one in part.done].count("written") == 1
    assert (part.answered, part.now) == (1, 0)
    assert here(tmp_path).again == ()
    assert "1 in your own words" in progress_page.page(here(tmp_path))


def test_rules_behind_confident_errors_come_first(tmp_path: Path) -> None:
    path = put(tmp_path)
    answer(path, {"w1": wrong("w1", ANA)}, sure=1)
    answer(path, {"w3": wrong("w3", ANA)}, sure=3)
    again = here(tmp_path).again
    assert [one.sure for one in again] == sorted((one.sure for one in again), reverse=True)
    assert again[0].sure
    html = progress_page.page(here(tmp_path))
    assert html.index(say("progress-sure")) > html.index(say("progress-again"))
    assert again[0].href == "waiver.ipynb"


def test_more_than_a_few_rules_are_folded_away() -> None:
    done = tuple(Done("waiver", "again", sure=n == 6, rule=f"Rule {n} & more.", title=f"Story {n}") for n in range(7))
    found = Progress((Part("waiver", "Practice", "waiver.ipynb", True, 7, 7, done),), ())
    shown, folded = progress_page.page(found).split(f"<h2>{say('progress-again')}")[1].split("<details>")
    assert [int(n) for n in re.findall(r"Rule (\d) &amp; more", shown)] == [6, 0, 1, 2, 3]
    assert [int(n) for n in re.findall(r"Rule (\d) &amp; more", folded)] == [4, 5]
    assert say("progress-more", n=2) in folded
    assert '<ol start="6">' in folded


def test_a_set_that_nobody_began_says_so(tmp_path: Path) -> None:
    put(tmp_path)
    assert re.findall(r"<td[^>]*>([^<]*)</td>", progress_page.page(here(tmp_path))) == ["0 of 6", *["not started"] * 2]


def test_what_is_right_now_needs_no_second_look(tmp_path: Path) -> None:
    path = put(tmp_path)
    answer(path, {"w1": wrong("w1", ANA)}, sure=3)
    answer(path, {"w1": right("w1", ANA)}, sure=3)
    assert here(tmp_path).again == ()


def test_of_a_quiz_for_a_grade_only_what_is_answered_is_told(tmp_path: Path) -> None:
    path = put(tmp_path, SHEET)
    answer(path, {"w1": wrong("w1", ANA), "w2": right("w2", ANA)}, SHEET)
    found = here(tmp_path)
    assert (found.quizzes[0].answered, found.quizzes[0].done, found.again) == (2, (), ())
    html = progress_page.page(found)
    assert "2 of 6" in html
    assert say("progress-not-handed") in html
    assert say("progress-column-now") not in html
    assert "right now" not in html


def hand_in(data: Path, when: str, course: str = "course") -> None:
    folder = data / "nbgrader_cache" / course / f"ana+{QUIZ}+{when.replace(':', '-')}"
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text(f"{when}.000000 UTC")


def test_a_quiz_that_was_handed_in_says_when_and_whether_answers_changed_since(
    tmp_path: Path, nobody_has_handed_in: Path
) -> None:
    path = put(tmp_path, SHEET)
    answer(path, {"w1": right("w1", ANA)}, SHEET)
    hand_in(nobody_has_handed_in, "2020-01-01 10:00:00")
    assert "You changed answers after that." in progress_page.page(here(tmp_path))
    hand_in(nobody_has_handed_in, "2199-01-01 10:00:00")
    html = progress_page.page(here(tmp_path))
    assert handed_in(QUIZ) == datetime(2199, 1, 1, 10, tzinfo=UTC)
    assert "Handed in on " in html
    assert "You changed answers" not in html


def test_a_hand_in_whose_time_cannot_be_read_counts_for_nothing(nobody_has_handed_in: Path) -> None:
    hand_in(nobody_has_handed_in, "some day or other")
    assert handed_in(QUIZ) is None
    assert handed_in("[*") is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"\xff\xfe", "not text"),
        (b"{", "damaged"),
        (b"", "empty"),
        (b"[" * 5000, "nested too deeply"),
        (b'{"schema": 99, "items": {}}', "newer version"),
        (json.dumps({"schema": 1, "quiz": "other", "version": "1", "learner": ANA, "items": {}}).encode(), "other"),
        (json.dumps({"schema": 1, "quiz": QUIZ, "version": "1", "learner": "eve", "items": {}}).encode(), "eve"),
    ],
)
def test_a_bad_or_foreign_answers_file_is_named_in_plain_words(tmp_path: Path, content: bytes, says: str) -> None:
    path = put(tmp_path)
    answers_path(path).write_bytes(content)
    found = here(tmp_path)
    assert found.parts[0].answered == 0
    [note] = [note for note in found.notes if says in note]
    assert note.startswith("waiver.answers.json: ")
    assert note in progress_page.as_text(found)
    assert answers_path(path).read_bytes() == content, "reading changes nothing"


def test_answers_of_somebody_else_count_for_nothing(tmp_path: Path) -> None:
    path = put(tmp_path)
    answer(path, {"w1": right("w1", "eve")}, learner="eve")
    found = here(tmp_path)
    assert found.parts[0].answered == 0
    assert "eve" in found.notes[0]


def test_answers_without_their_notebook_are_named(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "lost.answers.json").write_text("{")
    notes = here(tmp_path).notes
    assert notes[0] == "lost.answers.json: its notebook is not beside it, so it is not counted."
    assert "damaged" in notes[1]


@pytest.mark.parametrize("content", ["", "[]", "{", '{"metadata": {"grader": 3}}', "[" * 100_000, "null"])
def test_other_notebooks_in_the_folder_do_no_harm(tmp_path: Path, content: str) -> None:
    put(tmp_path)
    (tmp_path / "mine.ipynb").write_text(content)
    (tmp_path / "dir.ipynb").mkdir()
    assert len(here(tmp_path).parts) == 1
    assert here(tmp_path).notes == ()


def test_a_course_notebook_that_is_damaged_is_named(tmp_path: Path) -> None:
    put(tmp_path)
    (tmp_path / "old.ipynb").write_text(json.dumps({"metadata": {"grader": {"sheet": {"schema": 0}}}}))
    assert here(tmp_path).notes == (say("progress-bad-notebook", file="old.ipynb"),)


def test_nothing_from_a_file_becomes_markup_or_a_script_address(tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    put(tmp_path / "javascript:alert(1)", replace(PRACTICE, title=evil))
    (tmp_path / f"{evil.replace('/', '')}.answers.json").write_text("{")
    html = progress_page.page(here(tmp_path))
    assert "<script" not in html
    assert all(not href.startswith("javascript:") for href in Page(html).hrefs)


def test_the_page_has_headings_and_tables_that_a_screen_reader_can_read(tmp_path: Path) -> None:
    answer(put(tmp_path), {"w1": wrong("w1", ANA)}, sure=3)
    put(tmp_path / "quiz", SHEET)
    html = progress_page.page(here(tmp_path))
    assert re.findall(r"<h2>([^<]*)</h2>", html) == [
        say(key) for key in ("progress-practice", "progress-topics", "progress-again", "progress-quizzes")
    ]
    assert html.count("<caption>") == html.count("<table>") == 2
    assert html.count('scope="col"') == 7
    assert html.count('scope="row"') == 2
    assert 'role="img"' in html
    assert html.count("<a ") == html.count('" data-lm-suppress-shortcuts="true">')
    assert '<summary data-lm-suppress-shortcuts="true">' in html


def test_each_bar_of_the_picture_has_its_sentence(tmp_path: Path) -> None:
    answer(put(tmp_path), {"w1": wrong("w1", ANA), "w2": right("w2", ANA)})
    told = progress_page.topics(here(tmp_path))
    html = progress_page.page(here(tmp_path))
    assert sum(topic.right + topic.again + topic.written + topic.open for topic in told) == 6
    for topic in told:
        assert topic.sentence in html
    assert html.count("data-says=") == len(told)


def test_no_words_of_the_page_shame_anybody(tmp_path: Path) -> None:
    answer(put(tmp_path), {item.id: wrong(item.id, ANA) for item in SHEET.items}, sure=3)
    words = re.sub(r"(?s)<style>.*?</style>|<[^>]*>", " ", progress_page.page(here(tmp_path)))
    assert not re.search(r"%|\b(fail\w*|bad|poor|weak|score\w*|wrong|mistake\w*|grade: )\b", words, re.IGNORECASE)


def test_the_cell_of_the_notebook_shows_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer(put(tmp_path), {"w1": right("w1", ANA)})
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_LEARNER", ANA)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    shown: list[dict[str, str]] = []
    monkeypatch.setattr(widgets, "_display", lambda thing, **_: shown.append(thing))
    progress()
    assert "1 of 6" in shown[0]["text/html"]
    assert "1 of 6" in shown[0]["text/plain"]


def test_the_page_is_said_again_in_spanish_and_counts_what_was_answered_since(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, page, bars = put(tmp_path), Place(), list[Any]()
    answer(path, {"w1": wrong("w1", ANA)}, sure=3)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GRADER_LEARNER", ANA)
    monkeypatch.delenv("JPY_SESSION_NAME", raising=False)
    monkeypatch.setattr(widgets, "_display", lambda shown, **_: page.update(shown))
    monkeypatch.setattr(care, "_has_page", lambda: True)
    monkeypatch.setattr(care, "display", bars.append)
    progress()
    assert '<div class="grader-progress" lang="en">' in page.html
    answer(path, {"w2": right("w2", ANA)})
    bars[0].speak("es")
    try:
        assert '<div class="grader-progress" lang="es">' in page.html
        assert "2 de 6" in page.html
        assert 'lang="en" data-lm-suppress-shortcuts="true">Practice: permission</a>' in page.html
        assert f'<span lang="en">{escape(here(tmp_path).again[0].rule)}</span>' in page.html
        assert say("progress-intro") in as_html(bars[0].content)
    finally:
        messages.use(None)


class Place:
    """Where a notebook shows a page that may be shown anew."""

    def update(self, shown: dict[str, str], **_: Any) -> "Place":
        self.html = shown["text/html"]
        return self


def test_the_notebook_holds_one_cell_of_code_and_no_answers() -> None:
    notebook = progress_notebook()
    [code] = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    assert code == "from grader.progress import progress\nprogress()"
    assert notebook.metadata["grader"] == {"autorun": True}
    assert text(notebook) == (ROOT / "notebooks/progress.ipynb").read_text(encoding="utf-8")


def test_a_learners_folder_holds_the_progress_notebook_and_finds_every_practice_set(tmp_path: Path) -> None:
    bank = Bank(ROOT)
    written = lab.prepare(bank, tmp_path)
    assert tmp_path / "progress" / "progress.ipynb" in written
    found = gather(tmp_path / "progress", ANA)
    assert (len(found.practice), len(found.quizzes)) == (len(bank.practice_files), len(bank.quiz_files))
    assert found.practice[0].href == "../practice-waiver/waiver.ipynb"
    assert found.notes == ()
