"""Every sentence the front end and the record say to a learner or a grader, in one place and in their language.

The English stands here. Translations stand in ``locale`` by the conventions of gettext: the English
sentence is the msgid, its key here the msgctxt; ``grader words`` keeps them in step. What is not
translated is said in English. Nothing legal stands here: what the law says comes from the key of a question.
"""

import gettext
import os
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = {"en": "English", "es": "Español"}
"""What a learner can choose, each in its own name."""
DOMAIN = "grader"
LOCALE = Path(__file__).parent / "locale"

# Each comment in the table tells translators where the sentences below it are said.
ENGLISH: dict[str, str] = {
    # the whole page, while Python starts (said by the page itself)
    "page-wait": "Getting the exercise ready. The first time takes about ten seconds.",
    "page-beside": "This folder holds program files, so nothing was run. "
    "If they are yours, choose Run, then Run All Cells.",
    "page-failed": "The exercise could not start. Reload the page to try again.",
    # dates
    "day": "{month} {day}, {year}",
    "month-1": "January",
    "month-2": "February",
    "month-3": "March",
    "month-4": "April",
    "month-5": "May",
    "month-6": "June",
    "month-7": "July",
    "month-8": "August",
    "month-9": "September",
    "month-10": "October",
    "month-11": "November",
    "month-12": "December",
    # the first lines of a notebook; ** and * and ` are marks of Markdown
    "intro-start": "If you see no questions, choose **Run**, then **Run All Cells**.",
    "intro-practice": """* Choose an answer, say how sure you are, and check it. The reason comes at once.
* You can try again as often as you like. Your first answer is kept beside the later ones.
* Your answers are kept in the file `{quiz}.answers.json` beside this notebook.""",
    "intro-quiz": """* Every choice is saved at once, in the file `{quiz}.answers.json` beside this notebook. \
Keep the two together.
* You can change an answer until you hand the quiz in.
* The last cell shows how many answers are saved.""",
    "intro-written": "Write your answer in the box above. It is kept with your other answers.",
    "not-advice": "This is training material, not legal advice.",
    "help": "If any of this touches your own life, you can pause at any time. "
    "In the United States the National Domestic Violence Hotline answers day and night: 1-800-799-7233 or <https://www.thehotline.org>.",
    # saving
    "saved": "Saved. {answered} of {total} answered.",
    "saved-merged": "Saved. {answered} of {total} answered. Another window had saved too. "
    "The later answer to each question counts.",
    "saved-aside": "Saved. {answered} of {total} answered. The older answers file is kept as {aside}.",
    "saved-not-kept": "Saved for now. {answered} of {total} answered. This browser may forget it. "
    "Download your answers before you close the page.",
    "not-saved": "Not saved ({reason}). Your answers are still on this page. "
    "Make room or check the folder, then answer again. Do not close the page.",
    "not-taken": "This answer does not fit the question, so it was not saved.",
    "too-long": "This answer is too long to save. Shorten it to at most {limit} characters.",
    "too-much": "All answers together are too long to save. Shorten your written answers.",
    # reading an answers file
    "is-link": "The answers file is a link to another place. Links are not followed.",
    "not-a-file": "The answers file is not a plain file.",
    "unreadable": "The answers file cannot be opened ({reason}).",
    "too-large": "The answers file is larger than {limit} KB. It was not read.",
    "empty": "The answers file is empty.",
    "not-text": "The answers file is not text.",
    "not-json": "The answers file is damaged: it is not complete JSON.",
    "too-deep": "The answers file is nested too deeply. It was not read.",
    "not-a-record": "The answers file does not hold a list of answers.",
    "other-schema": "The answers file has another form (schema {found}, here {known}). It was not read.",
    "no-identity": "The answers file does not say which quiz, version and learner it belongs to.",
    "too-many": "The answers file holds {count} items. Only the first {limit} were read.",
    "bad-item": "The answer to item “{item}” could not be read. It was left out.",
    "bad-part": "The answer to item “{item}” has an unreadable {part}. That part was left out.",
    "receipt": "Receipt in the notebook: {trouble}",
    "other-quiz": "The answers file belongs to the quiz “{found}”, not to “{wanted}”.",
    "other-version": "The answers file was made for version {found} of this quiz, not for {wanted}.",
    "other-learner": "The answers file belongs to “{found}”, not to “{wanted}”.",
    "dropped": "The answer to item “{item}” does not fit this quiz any more. It was left out.",
    "unknown-item": "The answers file names an item “{item}” that this quiz does not have.",
    # scoring
    "wrong-variant": "The answer belongs to another variant of this item. It earns nothing.",
    "no-variant": "The key has no variant “{variant}” of this item. It earns nothing.",
    "unknown-choice": "The answer names choices that do not exist: {names}.",
    "several": "Several answers were given where one was asked.",
    "wrong-form": "The answer does not have the form this item asks for.",
    "by-hand": "A person grades this answer.",
    # grading a class
    "no-time": "The file timestamp.txt holds no time: “{text}”. Correct it or take it away.",
    "no-known-notebook": "No notebook of this assignment was handed in.",
    "no-notebook": "No notebook was handed in.",
    "skipped-notebook": "The notebook {name}.ipynb does not belong to this assignment. It was left out.",
    "left-behind": "The file {name} is a link, a device or too large. It was left behind.",
    "no-student": "The gradebook has no learner “{learner}”, and this course lets nobody in by handing in.",
    "more-remarks": "And {number} more. --json shows all.",
    "no-place": "The graded notebook cannot be written ({reason}). Nothing was entered for this learner.",
    "no-room": "Graded notebooks cannot be written ({reason}). What was entered before stays.",
    "worker-died": "A worker came to a sudden end. It may have run out of memory.",
    "go-on": "Start it again when that is mended. It goes on where it stopped.",
    # the page
    "story": "What happened",
    "content": "About this story: {content}",
    "choose-one": "Choose one.",
    "choose-any": "Choose all that apply.",
    "choose-rows": "Choose one answer in every row.",
    "choose-sentence": "Choose the sentence that decides the question.",
    "choose-date": "Enter a date.",
    "write": "Write your answer. At most {limit} characters.",
    "number": "Question {number} of {total}",
    "points": "{points} points",
    "point": "1 point",
    "statement": "Statement",
    "check": "Check my answer",
    "again": "You may change your answer and check again.",
    "answer-first": "Choose an answer first.",
    "date-first": "Enter a full date first.",
    "rows-first": "Answer every row first.",
    "write-first": "Write an answer first.",
    "certainty": "How sure are you?",
    "certainty-1": "1: not sure",
    "certainty-2": "2: fairly sure",
    "certainty-3": "3: very sure",
    "certainty-help": "This never changes a grade. It shows you which rules to look at again.",
    "right": "Right.",
    "partly": "Partly right.",
    "wrong": "Not right yet.",
    "by-hand-practice": "Compare your text with the model answer.",
    "confident-error": "You were very sure. This is a rule worth a second look.",
    "mark-right": "Right:",
    "mark-wrong": "Not right:",
    "mark-missed": "You left out:",
    "rests-on": "What your answer rests on",
    "rule": "The rule",
    "decides": "What decides it in the story",
    "decides-mark": "decides",
    "cites": "Where the law says so",
    "checked": "compared with the source on {checked}",
    "flip": "What would change the answer",
    "model-answer": "A model answer",
    "rubric": "What a grader looks for",
    "rubric-line": "{part} ({points}): {anchor}",
    "answer": "The answer:",
    "steps": "The answer and all the reasons, step by step",
    "met": "met",
    "not-met": "not met",
    "restored": "This is your saved answer.",
    "no-reply": "Not saved yet. Python does not answer. Wait a moment, or reload the page and answer again.",
    "status-answered": "Answered.",
    "status-open": "Not answered yet.",
    "receipt-status": "{answered} of {total} answers saved at {time}.",
    "receipt-none": "No answers saved yet. This quiz has {total} questions.",
    "receipt-file": "Your answers are in the file {file}. Hand it in together with this notebook.",
    "receipt-trouble": "Please note",
    "download": "Download my answers",
    "no-file": "The file {file} was not found. Open the notebook from its own folder, in Jupyter, and run it again.",
    "no-sheet": "The file {file} holds no quiz. Get a fresh copy of the notebook from your instructor.",
    "bad-sheet": "The quiz in {file} cannot be read: {reason}. Get a fresh copy of the notebook from your instructor.",
    "other-sheet": "The file {file} holds the quiz “{found}”, not “{wanted}”. "
    "Get a fresh copy of the notebook from your instructor.",
    "no-item": "This quiz has no question “{item}”. Get a fresh copy of the notebook from your instructor.",
    "no-answer-text": "(no answer)",
    # the learners' site
    "receipt-browser": "To hand in, choose “Download my answers” and send the file {file}.",
    "site-title": "Protective orders: learn who may do what",
    "site-lead": "Short stories about no-contact orders and restraining orders. "
    "Read a story, choose an answer, see why.",
    "site-nothing": "There is nothing to install, and you need no account.",
    "site-home": "All exercises",
    "site-practice": "Practice",
    "site-practice-lead": "Each answer is explained at once. Try as often as you like.",
    "site-tools": "Look closer",
    "site-tool": "Exercise",
    "site-quizzes": "Quizzes",
    "site-quizzes-lead": "Your instructor grades these. Nothing is explained until your instructor gives it back.",
    "site-count": "{count} questions",
    "site-count-1": "1 question",
    "site-content": "What the stories hold",
    "site-print": "Print it",
    "site-print-of": "Print: {title}",
    "site-answers": "Where your answers stay",
    "site-answers-1": "Your answers stay in this browser, on this machine. This page sends them to nobody.",
    "site-answers-2": "Anybody who uses this browser after you can see them. "
    "On a shared machine, download your answers and then clear them.",
    "site-answers-3": "A private window, or a browser that clears itself, forgets them when it is closed.",
    "site-answers-4": "Another machine does not have them. The file that you download does.",
    "site-answers-5": "Do not write about real people or real cases here.",
    "site-hand-in": "To hand in a quiz, choose “Download my answers” at its end. "
    "Then send that file to your instructor.",
    "site-start": "The first start",
    "site-start-1": "An exercise takes about ten seconds to start. You can read the first story while you wait.",
    "site-start-2": "It was tested in Chromium, on which Chrome and Edge are built. It was not tested in Safari.",
    "site-old": "This browser cannot run the exercises. You can still read and print them.",
    "site-old-link": "Go to the pages to print",
    "site-slow": "Still starting. A slow machine may need a minute. If no question comes, reload this page. "
    "You can also read and print the stories:",
    "site-not-kept": "This browser keeps no files for this page. You can practise, but download your answers before "
    "you close an exercise.",
    "site-paper": "On paper",
    "site-paper-lead": "The same stories and questions as plain pages. They work in any browser, and without scripts.",
    "site-paper-name": "Name",
    "site-paper-choose": "Mark your answer with a pen.",
    "site-paper-kept": "Your instructor has the answers to these questions.",
    "site-paper-code": "Question {item}, version {variant}",
    "site-help": "Help",
    "site-back": "Back to the first page",
    "site-advice": "This is training material, not legal advice. All people and stories are made up.",
    "site-how-practice": "* Choose an answer, say how sure you are, and check it. The reason comes at once.\n"
    "* You can try again as often as you like. Your first answer is kept beside the later ones.\n"
    "* Your answers stay in this browser, on this machine. At the end you can download a copy.",
    "site-how-quiz": "* Every choice is saved at once, in this browser, on this machine.\n"
    "* You can change an answer until you hand the quiz in.\n"
    "* To hand in, choose “Download my answers” at the end. Then send that file to your instructor.",
}


class _Words(Mapping[str, str]):
    """The catalogue in the language that is chosen now."""

    def __getitem__(self, key: str) -> str:
        return _translations(language()).pgettext(key, ENGLISH[key])

    def __iter__(self) -> Iterator[str]:
        return iter(ENGLISH)

    def __len__(self) -> int:
        return len(ENGLISH)


WORDS: Mapping[str, str] = _Words()


class Said(str):
    """A sentence that knows how it came about, so that it can be said again in another language."""

    __slots__ = ("key", "values")

    key: str
    values: dict[str, Any]


def say(key: str, **values: Any) -> str:
    """A sentence of the catalogue with its gaps filled."""
    said = Said(WORDS[key].format(**values))
    said.key, said.values = key, values
    return said


def again(text: str) -> str:
    """A sentence said before, in the language chosen now; text from elsewhere stays as it is."""
    if not isinstance(text, Said):
        return text
    return say(text.key, **{name: again(value) for name, value in text.values.items()})


def language() -> str:
    """The language of the front end: the one chosen on the page, else the one the surroundings ask for."""
    return _chosen or asked_for() or "en"


def asked_for() -> str:
    """The language the surroundings ask for, by the first of these variables that is set; empty if we lack it."""
    names = ("GRADER_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")
    return known(next((os.environ[name] for name in names if os.environ.get(name)), ""))


def known(code: object) -> str:
    """The language of the catalogue behind a code such as es-MX or es_US.UTF-8; empty if there is none."""
    short = code.lower().replace("_", "-").replace(".", "-").partition("-")[0] if isinstance(code, str) else ""
    return short if short in LANGUAGES else ""


def use(code: str | None) -> None:
    """Speak this language from now on; None: the one the surroundings ask for."""
    global _chosen
    _chosen = known(code)


def day(when: date) -> str:
    """A date as people read it in the language chosen now: June 10, 2026; 10 de junio de 2026."""
    return say("day", month=WORDS[f"month-{when.month}"], day=when.day, year=when.year)


_chosen = ""


@cache
def _translations(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [code], fallback=True)
