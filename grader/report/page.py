"""Writes the report: one page that stands alone, with no script, no outside request and everything escaped."""

import math
from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment

from grader.calendar import spoken
from grader.gradebook.slips import points_in_words
from grader.misconceptions.risk import IN_WORDS
from grader.report import pictures
from grader.report.beliefs import Held, asked_for_certainty, lessons
from grader.report.gather import Class, Person
from grader.report.items import Analysis
from grader.report.outcomes import Achievement
from grader.report.share import LEAST, count, merged, percent, spans
from grader.report.statistics import THIRDS, middle
from grader.report.tables import tellable
from grader.webpage import digest, templates

FOLDER = Path(__file__).parent


def page(
    work: Class, found: Analysis, outcomes: Sequence[Achievement], held: Sequence[Held], level: float, day: date,
    shared: bool = False,
) -> str:  # fmt: skip
    """The page. ``shared`` leaves out names and every cell of fewer than five people."""
    style = (FOLDER / "report.css").read_text(encoding="utf-8")
    told = [one for one in held if not shared or one.people >= LEAST]
    return _templates().get_template("report.html").render(
        work=work, found=found, outcomes=outcomes, held=told, lessons=lessons(work, told), level=level,
        day=day, shared=shared, least=LEAST, style=style, allowed=digest(style), thirds=THIRDS,
        scores=_scores(work, shared), easy=_facilities(found, shared), mean_bars=_means(outcomes),
        certainty=asked_for_certainty(work), risks=IN_WORDS, tellable=tellable, hidden=len(held) - len(told),
        given=[item for item in work.keys.items if item.given], lateness=lateness, rights=_rights,
        counts=lambda n, of, *rests: count(n, of, shared, *rests),
        share=lambda part, n, of: percent(part, n, of, shared),
    )  # fmt: skip


def lateness(seconds: float) -> str:
    """How late something came, in words: the two largest units, rounded up to the minute."""
    minutes = math.ceil(seconds / 60)
    parts = ((minutes // 1440, "day"), (minutes // 60 % 24, "hour"), (minutes % 60, "minute"))
    return " ".join([f"{n} {unit}{'' if n == 1 else 's'}" for n, unit in parts if n][:2])


def _rights(person: Person) -> str:
    """What holds for one person alone."""
    one, said = person.entered, []
    if one.excused:
        said.append(f"Excused, so nothing of it counts. {one.because}".strip())
    if one.extended:
        said.append(f"Had until {one.extended.replace('T', ' ')} UTC.")
    if person.attempt:
        said.append(f"Attempt {person.attempt.number} of {person.attempt.of} counts.")
    return " ".join(said)


def _scores(work: Class, shared: bool) -> dict[str, Any]:
    """The distribution of scores in per cent of the points, as a picture and as a table."""
    values = [100 * min(person.points / work.most, 1.0) for person in work.here] if work.most else []
    edges, counts = [float(n) for n in range(0, 101, 10)], [0] * 10
    for value in values:
        counts[min(int(value // 10), 9)] += 1
    if shared:
        edges, counts = merged(edges, counts)
    mean, median, spread = middle(values) if values else (0.0, 0.0, 0.0)
    parts = spans(edges)
    says = f"Scores of {len(values)} people, from 0 to 100 per cent. The table below gives the same numbers."
    picture = pictures.columns(says, parts, counts)
    rows = [(f"{low:.0f} to {high:.0f} %", n) for (low, high), n in zip(parts, counts, strict=True)]
    return {"picture": picture, "rows": rows, "mean": mean, "median": median, "spread": spread, "people": len(values)}


def _facilities(found: Analysis, shared: bool) -> pictures.Picture:
    rows = []
    for item in found.items:
        text = percent(item.facility, item.right, item.people, shared)
        sure = text.endswith("%") and text[:1].isdigit()
        rows.append((f"Question {item.number}", item.facility if sure else None, text))
    return pictures.rows("Facility of each question. The table below gives the same numbers.", rows)


def _means(outcomes: Sequence[Achievement]) -> pictures.Picture:
    rows = [(one.topic, one.mean, f"{100 * one.mean:.0f} %") for one in outcomes]
    return pictures.rows("Mean achievement of each outcome. The table below gives the same numbers.", rows)


@cache
def _templates() -> Environment:
    return templates(
        FOLDER, spoken=spoken, points=points_in_words, number=lambda number: f"{number:.2f}".replace("-", "−")
    )
