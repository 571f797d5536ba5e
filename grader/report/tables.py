"""The tables behind a report, as CSV or Parquet files. Shared ones name nobody and hold no small cell."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.cells import as_csv
from grader.reading import BadInput, Problem
from grader.report.beliefs import Held
from grader.report.gather import Class
from grader.report.items import Analysis, ItemReport
from grader.report.outcomes import Achievement
from grader.report.share import LEAST, small, told, whole

NO_PARQUET = Problem(
    "--parquet", 1, "", "needs the library pyarrow.", "Install it with: pip install 'protective-orders-course[parquet]'"
)


@dataclass(frozen=True)
class Table:
    """A table with a name, under which its file is kept."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]

    def csv(self) -> bytes:
        """As CSV with a heading, no cell of which is a formula."""
        return as_csv([self.columns, *self.rows])

    def parquet(self) -> bytes:
        """As Parquet, with types; BadInput if the optional library is not there."""
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise BadInput([NO_PARQUET]) from None
        from pandas import DataFrame

        stream = io.BytesIO()
        DataFrame(list(self.rows), columns=list(self.columns)).to_parquet(stream, engine="pyarrow", index=False)
        return stream.getvalue()


def tables(
    work: Class, found: Analysis, outcomes: Sequence[Achievement], held: Sequence[Held], shared: bool
) -> list[Table]:
    """All tables of a report."""
    people = [] if shared else [_scores(work)]
    return [
        *people,
        _outcomes(outcomes, shared),
        _items(found, shared),
        _options(found, shared),
        _held(work, held, shared),
    ]


def _scores(work: Class) -> Table:
    columns = ("learner", "name", "points", "most", "late", "waiting", "graded", "readable", "handed_in")
    rows = (
        (p.id, p.entered.name, p.points if p.here or p.graded else None, work.most, p.entered.late, p.waiting,
         p.graded, p.here, p.entered.handed_in) for p in work.people
    )  # fmt: skip
    return Table("scores", columns, tuple(rows))


def _outcomes(outcomes: Sequence[Achievement], shared: bool) -> Table:
    columns = ("topic", "outcome", "items", "points", "people", "mean", "satisfactory", "below")
    rows = (
        (o.topic, o.outcome, o.items, o.points, o.people, round(o.mean, 4),
         *_both(len(o.satisfactory), len(o.below), shared)) for o in outcomes
    )  # fmt: skip
    return Table("outcomes", columns, tuple(rows))


def _items(found: Analysis, shared: bool) -> Table:
    columns = (
        "number", "item", "title", "kind", "topic", "law", "people", "right", "facility", "no_answer", "changed",
        "discrimination", "low", "high", "remarks",
    )  # fmt: skip
    return Table("items", columns, tuple(_item_row(found, item, shared) for item in found.items))


def _item_row(found: Analysis, i: ItemReport, shared: bool) -> tuple[Any, ...]:
    right = _large(i.right, i.people, shared)
    apart = found.care != "counts" and i.r is not None
    low, high = (round(i.reach[0], 4), round(i.reach[1], 4)) if apart and i.reach else (None, None)
    return (
        i.number, i.id, i.title, i.kind, i.topic, i.law, i.people, right,
        None if right is None else round(i.facility, 4), _large(i.open, i.people, shared, i.wrong),
        _large(i.changed, i.people, shared), round(i.r, 4) if apart and i.r is not None else None, low, high,
        " ".join(i.remarks),
    )  # fmt: skip


def _options(found: Analysis, shared: bool) -> Table:
    columns = ("item", "form", "answer", "right", "misconception", "top", "middle", "bottom")
    rows = [
        (item.id, n, answer.text, answer.right, answer.belief or "", *answer.by_third)
        for item in found.items if not shared or tellable(item)
        for n, form in enumerate(item.forms, 1) for answer in form.answers
    ]  # fmt: skip
    return Table("options", columns, tuple(rows))


def tellable(item: ItemReport) -> bool:
    """Whether the answers of an item may be shared: all cells are large, and no small group follows from them."""
    rests = (n for form in item.forms for n in form.rests)
    large = whole(n for form in item.forms for answer in form.answers for n in answer.by_third)
    return large and not any(map(small, (item.wrong, *rests)))


def _held(work: Class, held: Sequence[Held], shared: bool) -> Table:
    columns = (
        "misconception", "title", "risk", "met", "hold", "showed_once_or_twice", "very_sure", "who_holds", "who_showed",
    )  # fmt: skip
    rows = tuple(_held_row(one, len(work.here), shared) for one in held if not shared or one.people >= LEAST)
    return Table("misconceptions", columns, rows)


def _held_row(one: Held, everybody: int, shared: bool) -> tuple[Any, ...]:
    hold, showed, sure = len(one.firm), len(one.shown), len(one.sure)
    counts = (
        _large(one.met, everybody, shared, *(one.met - n for n in (hold, showed, sure, hold + showed))),
        _large(hold, everybody, shared),
        _large(showed, everybody, shared, everybody - hold - showed),
        _large(sure, everybody, shared, hold + showed - sure),
    )
    who = ("", "") if shared else (" ".join(p.id for p in one.firm), " ".join(p.id for p in one.shown))
    return (one.name, one.title, one.risk, *counts, *who)


def _large(n: int, of: int, shared: bool, *rests: int) -> int | None:
    return n if not shared or told(n, of, *rests) else None


def _both(one: int, other: int, shared: bool) -> tuple[int | None, int | None]:
    return (one, other) if not shared or whole((one, other)) else (None, None)
