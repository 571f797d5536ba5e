"""What to tell learners when a key was corrected after they had feedback: a text for the class, a line for each."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path

from grader.cells import as_csv, put
from grader.gradebook.moving import Moved
from grader.gradebook.rekeying import Change
from grader.gradebook.roster import Learner
from grader.gradebook.slips import points_in_words
from grader.sheet import Sheet

HEADING = ("id", "name", "email", "score_before", "score_after", "was_told_otherwise", "message")
Met = Mapping[str, str]
"""By learner who was given feedback: the name by which the learner's variants were chosen."""


def texts(
    sheet: Sheet, changes: Iterable[Change], moved: Iterable[Moved], told: Met, roster: Mapping[str, Learner]
) -> tuple[str, list[tuple[str, ...]]]:
    """The text for the class, and a row for everybody whose score changes or who was told otherwise before."""
    changes, scores = tuple(changes), {one.learner: one for one in moved}
    rows = []
    for learner in sorted({*scores, *told}):
        mine = [one for one in changes if learner in told and _met(sheet, one, told[learner])]
        if mine or learner in scores:
            rows.append(_row(sheet, learner, roster.get(learner), scores.get(learner), mine, bool(mine)))
    return _for_all(sheet, changes), rows


def write(course: Path, sheet: Sheet, text: str, rows: list[tuple[str, ...]]) -> Path | None:
    """Write both into a folder of their own in ``reports``; None if nobody need be told anything."""
    if not rows:
        return None
    folder = course / "reports" / f"{sheet.quiz}-corrected-{datetime.now(UTC):%Y-%m-%dT%H-%M-%SZ}"
    put(folder / "to-the-class.txt", text.encode())
    put(folder / "to-each.csv", b"\xef\xbb\xbf" + as_csv([HEADING, *rows]))
    return folder


def in_words(change: Change) -> str:
    """One change, as it is told to a learner."""
    question = f"Question {change.number}, “{change.title}”:"
    if change.given:
        return f"{question} everybody gets full marks. {change.given}"
    if change.old_answer != change.new_answer:
        old, new = change.old_answer.rstrip("."), change.new_answer.rstrip(".")
        return f"{question} the key said “{old}”. Right is “{new}”. {_why(change)}"
    if change.old_rule != change.new_rule:
        return f"{question} the answer stays, the explanation does not. {_why(change)}"
    return f"{question} the answer stays; its explanation was corrected. {_why(change)}"


def _why(change: Change) -> str:
    cites = dict.fromkeys(cite.cite for cite in change.come)
    return change.new_rule + (f" ({'; '.join(cites)})" if cites else "")


def _met(sheet: Sheet, change: Change, name: str) -> bool:
    return sheet.item(change.item).pick(sheet.salt, name).variant == change.variant


def _for_all(sheet: Sheet, changes: tuple[Change, ...]) -> str:
    lines = list(dict.fromkeys(in_words(one) for one in changes))
    start = f"The quiz “{sheet.title}” was corrected, and your scores were worked out anew."
    end = "If you asked the earlier feedback what the law is, please read the new one."
    return "\n\n".join([start, *lines, end]) + "\n"


def _row(
    sheet: Sheet, id: str, learner: Learner | None, score: Moved | None, mine: list[Change], told: bool
) -> tuple[str, ...]:
    name = f"{learner.first_name} {learner.last_name}".strip() if learner else id
    parts = [f"The quiz “{sheet.title}” was corrected."]
    if mine:
        parts += ["Your feedback said something that was not right.", *dict.fromkeys(in_words(one) for one in mine)]
    most = points_in_words(sum(item.points for item in sheet.items))
    if score and round(score.before, 2) != round(score.after, 2):
        parts.append(f"Your score was {score.before:.4g} and is now {score.after:.4g} of {most}.")
    else:
        parts.append("Your score stays as it was.")
    numbers = (f"{score.before:.4g}", f"{score.after:.4g}") if score else ("", "")
    return id, name, learner.email if learner else "", *numbers, "yes" if told else "no", " ".join(parts)
