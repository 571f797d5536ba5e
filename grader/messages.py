"""Every sentence the front end and the record say to a learner or a grader, in one place and in their language.

The English stands here. Translations stand in ``locale`` by the conventions of gettext: the English
sentence is the msgid, its key here the msgctxt; ``grader words`` keeps them in step. What is not
translated is said in English. Nothing legal stands here: what the law says comes from the key of a question.
"""

import gettext
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
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
    # the bar of care on every page, and leaving a page quickly; “coalition” is the group of a state’s local programs
    "care": "Safety and help",
    "care-private": "We ask nothing about you. Your answers stay with this page until you hand them in. "
    "Do not type facts of real cases.",
    "care-english": "The stories, the questions and what the law says are in English for now.",
    "care-how": "How this page works",
    "care-lines": "Help lines",
    "care-danger": "Are you in danger now? Call 911.",
    "care-national": "In every state",
    "care-place": "Your state:",
    "care-place-none": "Choose a state",
    "care-place-private": "Your choice of a state is not saved and not sent.",
    "care-for-partner": "Abuse by a partner or in the family",
    "care-for-native": "Native people who face abuse, in every state",
    "care-for-crisis": "Thoughts of suicide, or any other crisis",
    "care-for-law": "The law of each state on abuse, in plain words",
    "care-for-legal-aid": "Where to find free legal help",
    "care-for-crime": "Victims of any crime",
    "care-for-coalition": "The state’s coalition. It knows the local programs.",
    "care-call": "Call {number}",
    "care-text": "Text {to}",
    "care-text-word": "Text {word} to {to}",
    "care-tty": "TTY {number}",
    "care-always": "Day and night.",
    "care-weekdays": "Monday to Friday, {start} to {end}.",
    "care-languages": "In: {names}.",
    "care-in-en": "English",
    "care-in-es": "Spanish",
    "care-in-many": "more languages with an interpreter",
    "care-official": "Checked on {day}.",
    "care-second-hand": "Read on someone else’s page on {day}. Check it before you pass it on.",
    "care-old": "Last checked on {day}. It may have changed.",
    "care-source": "Source",
    "care-change": "Numbers change. If one does not answer, call the national hotline.",
    "leave": "Leave this page quickly",
    "leave-keys": "or press Esc 3 times",
    "leave-what": "What leaving quickly does, and what it does not do",
    "leave-does": "A weather page takes the place of this page. You can use the button in the corner. "
    "You can also press the Esc key three times.",
    "leave-not": "It does not hide that you were here. The list of pages you visited, the files you downloaded "
    "and your saved answers stay on this computer. The Back button may lead here again. "
    "A program that watches this computer still sees everything.",
    "leave-clear": "To clear the list of pages, press Ctrl, Shift and Delete together (on a Mac: Command, Shift and "
    "Delete). Delete downloaded files and answers files yourself. Someone may notice that the list is empty.",
    "leave-safer": "Does someone watch what you do? Use a computer they cannot reach, such as one in a library.",
    "language": "Language",
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
    # pictures of a case
    "picture-timeline": "Timeline: {title}",
    "picture-arrows": "Who is bound toward whom: {title}",
    "picture-days": "Counting the days: {title}",
    "picture-desc": "The list that comes with this picture says the same in words.",
    "picture-an-order": "an order",
    "picture-the-order": "the order",
    "picture-order": "order {letter}",
    "picture-made": "{order} is made: {label} against {bound}, to protect {protected}.",
    "picture-extends": "It extends {order}.",
    "picture-untold": "The story says that {bound} is not told of it.",
    "picture-told": "How {bound} learns of it: {how}. The story gives no day for that.",
    "picture-notice": "{bound} learns of {order}: {how}.",
    "picture-hearing": "Day set for the hearing about {order}.",
    "picture-end": "{order}: last day on the paper.",
    "picture-extended": "{order}: new last day, as the court extended it.",
    "picture-concluded": "{order}: last day by law.",
    "picture-both": "{order}: last day, on the paper and by law.",
    "picture-no-fixed-day": "{order}: the law fixes no last day.",
    "picture-open": "{order}: the story shows no last day.",
    "picture-open-blank": "{order}: the place for the last day is blank on the paper.",
    "picture-open-until-further-order": "{order}: the paper says that it runs until further order.",
    "picture-open-extended": "{order}: extended, and no last day is shown.",
    "picture-asked": "This is the day the question asks about.",
    "picture-gap": "From {first} to {last} no order stands on paper.",
    "picture-mark": "{when}, mark {n}: {says}",
    "picture-moment": "{when}: {says}",
    "picture-hour": "{day}, {hour}",
    "picture-through": "{said}, through {through}",
    "picture-children": "all children under {age}",
    "picture-nobody": "nobody the story names",
    "picture-case-criminal": "A criminal case against {against} begins.",
    "picture-case-civil": "A civil case against {against} begins.",
    "picture-key-paper": "an order, to the last day on paper",
    "picture-key-extended": "longer, because the court extended it",
    "picture-key-concluded": "by law, not shown on the paper",
    "picture-key-after": "on the paper only: by law it has ended",
    "picture-key-open": "an order without a last day",
    "picture-key-notice": "the restrained person learns of it",
    "picture-key-hearing": "day set for a hearing",
    "picture-key-concluded-end": "the last day by law",
    "picture-key-event": "something that happens",
    "picture-key-gap": "no order on paper",
    "picture-key-asked": "the day asked about",
    "picture-scale": "Time runs down the page. Not to scale.",
    "picture-arrow": "{order}, {label}: {bound} must obey it, toward {protected}.",
    "picture-arrow-label": "{letter}: {label}",
    "picture-no-arrows": "This story tells of no order.",
    "picture-words": "This picture in words",
    "picture-case": "Picture of the case",
    "picture-answer": "The answer in a picture",
    "picture-start": "{day}: the order is made.",
    "picture-start-left-out": "{day}: the order is made. This day is not counted.",
    "picture-start-counted": "{day}: the order is made. This day is counted.",
    "picture-written": "{day}: the last day as written.",
    "picture-counted-one": "{first}: counted as day {n}.",
    "picture-counted": "{first} to {last}: counted as days {n} to {m}.",
    "picture-weekend": "Saturday, {first}, and Sunday, {last}: the court is closed.",
    "picture-weekend-counts": "Saturday, {first}, and Sunday, {last}: the court is closed. "
    "In this count these days are counted all the same.",
    "picture-closed": "{day}: {name}, the court is closed.",
    "picture-closed-counts": "{day}: {name}, the court is closed. In this count the day is counted all the same.",
    "picture-last": "{day}: the last day.",
    "picture-last-moved": "{day}: the last day, moved here because the court is closed before.",
    "picture-key-start": "the order is made",
    "picture-key-written": "last day as written",
    "picture-key-counted": "counted, with its number",
    "picture-key-closed": "the court is closed",
    "picture-key-last": "the last day",
    # the progress page
    "progress-title": "Your progress",
    "progress-intro": "This page counts what you have answered in the notebooks beside it. It reads the answers files "
    "on this machine and sends nothing. Reload it to see newer answers.",
    "progress-empty": "Nothing answered yet. Start with",
    "progress-empty-plain": "Nothing answered yet.",
    "progress-none": "There is no practice beside this page. Open it in the folder that holds your course.",
    "progress-practice": "Practice",
    "progress-practice-caption": "Your first try is kept, however often you try again.",
    "progress-set": "Practice set",
    "progress-quizzes": "Quizzes for a grade",
    "progress-quizzes-caption": "What is right here you learn from your instructor.",
    "progress-quiz": "Quiz",
    "progress-column-answered": "Answered",
    "progress-column-first": "Right at first try",
    "progress-column-now": "Right now",
    "progress-column-handed": "Handed in",
    "progress-of": "{n} of {total}",
    "progress-of-answered": "{n} of the {answered} answered",
    "progress-not-begun": "not started",
    "progress-not-handed": "Not handed in from this machine",
    "progress-handed": "Handed in on {time}",
    "progress-changed": "Handed in on {time}. You changed answers after that. Hand it in again to count them.",
    "progress-topics": "Practice by topic",
    "progress-bars": "How far you are in each topic: a box for each question",
    "progress-topic": "{topic} {parts}.",
    "progress-part-right": "{n} right now",
    "progress-part-again": "{n} to look at again",
    "progress-part-written": "{n} in your own words",
    "progress-part-open": "{n} not answered yet",
    "progress-key-right": "right now",
    "progress-key-again": "to look at again",
    "progress-key-written": "in your own words",
    "progress-key-open": "not answered yet",
    "progress-again": "Rules to look at again first",
    "progress-again-why": "Each stands behind an answer that is not right yet. You can try again as often as you like.",
    "progress-more": "{n} more",
    "progress-sure": "You were very sure here.",
    "progress-note": "{file}: {note}",
    "progress-alone": "{file}: its notebook is not beside it, so it is not counted.",
    "progress-bad-notebook": "{file}: this notebook of the course cannot be read. Get a fresh copy of it.",
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


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak another language for a while."""
    before = _chosen
    use(code)
    try:
        yield
    finally:
        use(before)


def day(when: date) -> str:
    """A date as people read it in the language chosen now: June 10, 2026; 10 de junio de 2026."""
    return say("day", month=WORDS[f"month-{when.month}"], day=when.day, year=when.year)


_chosen = ""


@cache
def _translations(code: str) -> gettext.NullTranslations:
    return gettext.translation(DOMAIN, LOCALE, [code], fallback=True)
