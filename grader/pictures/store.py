"""Keeps what pictures are drawn from in a practice notebook, and draws them there.

Only the facts that are drawn are kept, with what the rules concluded about them: at most a fifth of the room of the
pictures themselves. Neither law nor rules are needed to draw.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, time
from typing import Any

from grader.facts import Case, Event, Line, Order, Person, Scenario
from grader.pictures.arrows import draw_arrows
from grader.pictures.counting import Count
from grader.pictures.days import draw_days
from grader.pictures.moments import NO_FIXED_DAY
from grader.pictures.svg import Picture
from grader.pictures.timeline import draw_timeline

FIELDS: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "order": (
        Order,
        ("id", "kind", "day", "binds", "protects", "protects_children_under", "notice", "served", "notice_day",
         "ends", "face", "hearing", "extends"),
    ),
    "event": (Event, ("id", "day", "hour", "did", "who", "whom", "through", "order", "until", "permanent")),
    "case": (Case, ("id", "kind", "day", "against")),
}  # fmt: skip
DAYS = frozenset({"day", "served", "notice_day", "ends", "hearing", "until"})


def packed(
    scenario: Scenario,
    called: Mapping[str, str],
    *,
    asked: date | None = None,
    ends: Mapping[str, date | str] | None = None,
    count: Count | None = None,
    later: Iterable[str] = (),
) -> dict[str, Any]:
    """What the pictures of a story are drawn from, as plain data.

    ``called`` names the orders. ``ends`` and ``count`` are what the rules conclude about their last days; they and
    the pictures named in ``later`` (timeline, arrows) are shown only when the question has been answered.
    """
    data = {
        "title": scenario.title,
        "people": {id: person.name for id, person in scenario.people.items()},
        "facts": [fact for line in scenario.story for fact in _facts(line)],
        "called": dict(called),
        "asked": asked.isoformat() if asked else "",
        "ends": {id: str(end) for id, end in (ends or {}).items()},
        "count": _count(count) if count else {},
        "later": sorted(later),
    }
    return {key: value for key, value in data.items() if value}


def before(case: Mapping[str, Any], name: str = "") -> list[Picture]:
    """The pictures to show beside the story: the facts, and nothing that follows from them. None for no data."""
    return list(_drawn(case, False, name))


def after(case: Mapping[str, Any], name: str = "") -> list[Picture]:
    """The pictures to show with the feedback: what the rules conclude about days, and what was held back before."""
    return list(_drawn(case, True, name))


def _drawn(case: Mapping[str, Any], answered: bool, name: str) -> Iterator[Picture]:
    """Where the data are not of the known form there is no picture: a question can be answered without one."""
    try:
        yield from _pictures(case, answered, name) if case else ()
    except (ValueError, TypeError, LookupError, AttributeError):
        return


def _pictures(case: Mapping[str, Any], answered: bool, name: str) -> Iterator[Picture]:
    scenario, called, later = _scenario(case), case.get("called", {}), case.get("later", ())
    asked = _day(case["asked"]) if case.get("asked") else None
    ends = {id: _end(end) for id, end in case.get("ends", {}).items()}
    if answered and case.get("count"):
        yield draw_days(_counted(case["count"]), scenario.title, f"{name}/after")
    if (answered and ends) or (not answered and "timeline" not in later):
        yield draw_timeline(scenario, called, ends if answered else {}, asked, f"{name}/{answered}")
    if ("arrows" in later) == answered:
        yield draw_arrows(scenario, called, f"{name}/{answered}")


def _facts(line: Line) -> Iterator[dict[str, Any]]:
    for kind, (_, names) in FIELDS.items():
        fact = getattr(line, kind)
        if fact is not None:
            values = {name: getattr(fact, name) for name in names}
            yield {"is": kind, **{name: _plain(value) for name, value in values.items() if value not in (None, ())}}


def _plain(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _scenario(case: Mapping[str, Any]) -> Scenario:
    people = {id: Person(name=str(name)) for id, name in case["people"].items()}
    story = tuple(_line(fact) for fact in case["facts"])
    return Scenario(id="", title=str(case["title"]), topics=(), law=(), people=people, story=story)


def _line(fact: Mapping[str, Any]) -> Line:
    kind = fact["is"]
    make, names = FIELDS[kind]
    return Line(says="", **{kind: make(**{name: _read(name, fact[name]) for name in names if name in fact})})


def _read(name: str, value: Any) -> Any:
    if name in DAYS:
        return _day(value)
    if name == "hour":
        return time.fromisoformat(value)
    return tuple(value) if isinstance(value, list) else value


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _end(text: str) -> date | str:
    return text if text == NO_FIXED_DAY else _day(text)


def _count(count: Count) -> dict[str, Any]:
    return {
        "start": _plain(count.start),
        "counted": [_plain(day) for day in count.counted],
        "end": _plain(count.end),
        "last": _plain(count.last),
        "closed": {_plain(day): name for day, name in count.closed.items()},
    }


def _counted(data: Mapping[str, Any]) -> Count:
    closed = {_day(day): str(name) for day, name in data["closed"].items()}
    return Count(_day(data["start"]), tuple(map(_day, data["counted"])), _day(data["end"]), _day(data["last"]), closed)
