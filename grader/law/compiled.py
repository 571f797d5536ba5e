"""The law as one JSON file, for a browser that has neither YAML nor pydantic. Standard library only.

The wheel carries it, made from the YAML files when the wheel is built; a checkout has none and reads
the files themselves, so that the two can never disagree.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from grader.law import CourtDays, Law, Length, OrderLaw, Provision, Value

FILE = Path(__file__).with_name("law.json")
SCHEMA = 1
SAME = ("order", "family", "label", "court")
LISTS = ("kinds", "grounds", "offences", "courts")


def text(laws: Iterable[Law]) -> str:
    """Law as the text of one JSON file, the places in the order given."""
    places = {law.id: _law(law) for law in laws}
    return json.dumps({"schema": SCHEMA, "places": places}, ensure_ascii=False, separators=(",", ":"))


def on_file() -> str:
    """All law on file as the text of one JSON file; BadInput if a file is wrong."""
    from grader.law.files import load, names

    return text(map(load, names()))


def names(file: Path = FILE) -> tuple[str, ...]:
    """The jurisdictions in a compiled file, in the order of their rank; ValueError for another schema."""
    return tuple(_places(file))


def load(jurisdiction: str, file: Path = FILE) -> Law:
    """A jurisdiction from a compiled file; KeyError if there is none, ValueError for another schema."""
    return _read(jurisdiction, _places(file)[jurisdiction])


@cache
def _places(file: Path) -> dict[str, Any]:
    data = json.loads(file.read_text(encoding="utf-8"))
    if data.get("schema") != SCHEMA:
        raise ValueError(f"{file.name} was made by another version of the course (schema {data.get('schema')})")
    places: dict[str, Any] = data["places"]
    return places


def _law(law: Law) -> dict[str, Any]:
    return {
        "label": law.label,
        "place": law.place,
        "orders": [_order(order) for order in law.orders],
        "every": _order(law.every) if law.every else None,
        "days": _days(law.days) if law.days else None,
    }


def _order(order: OrderLaw) -> dict[str, Any]:
    return {
        **{name: getattr(order, name) for name in (*SAME, *LISTS)},
        "checked": order.checked.isoformat(),
        "behind": order.behind.order if order.behind else None,
        "provisions": {id: _provision(provision) for id, provision in order.provisions.items()},
        "parameters": {name: [_value(value) for value in values] for name, values in order.parameters.items()},
    }


def _provision(provision: Provision) -> list[str]:
    return [provision.cite, provision.href, provision.confidence, provision.gist, provision.checked.isoformat()]


def _value(value: Value) -> dict[str, Any]:
    """A value; its provisions are named by their ids in the file of the order."""
    data = {
        "value": _plain(value.value),
        "cites": [provision.id for provision in value.cites],
        "since" if value.exact else "seen": value.since.isoformat(),
        "terms": value.terms,
        "by": {word: [provision.id for provision in cites] for word, cites in value.by.items()},
    }
    return {name: part for name, part in data.items() if name == "value" or part}


def _plain(value: Any) -> Any:
    if isinstance(value, Length):
        return {"n": value.n, "unit": value.unit}
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


def _days(days: CourtDays) -> dict[str, Any]:
    return {
        "closed": {day.isoformat(): name for day, name in days.closed.items()},
        "doubtful": {day.isoformat(): name for day, name in days.doubtful.items()},
        "since": days.since.isoformat(),
        "until": days.until.isoformat(),
        "cites": {provision.id: _provision(provision) for provision in days.cites},
        "exclude_first_day": days.exclude_first_day,
        "roll_forward": days.roll_forward,
        "short_period": days.short_period,
    }


def _read(id: str, data: Mapping[str, Any]) -> Law:
    every = _read_order(id, data["every"], lambda _: None) if data["every"] else None
    files = {order["order"]: order for order in data["orders"]}

    def behind(name: str) -> OrderLaw | None:
        return _read_order(id, files[name], behind) if name in files else every

    orders = tuple(_read_order(id, order, behind) for order in data["orders"])
    return Law(id, data["label"], data["place"], orders, every, _read_days(id, data["days"]) if data["days"] else None)


def _read_order(place: str, data: Mapping[str, Any], behind: Callable[[str], OrderLaw | None]) -> OrderLaw:
    provisions = _read_provisions(place, data["provisions"])
    same: dict[str, Any] = {name: data[name] for name in SAME} | {name: tuple(data[name]) for name in LISTS}
    return OrderLaw(
        jurisdiction=place,
        checked=date.fromisoformat(data["checked"]),
        behind=behind(data["behind"]) if data["behind"] else None,
        provisions=provisions,
        parameters={n: tuple(_read_value(v, provisions) for v in values) for n, values in data["parameters"].items()},
        **same,
    )


def _read_provisions(place: str, data: Mapping[str, list[Any]]) -> dict[str, Provision]:
    return {
        id: Provision(id, cite, href, confidence, gist, date.fromisoformat(checked), place)
        for id, (cite, href, confidence, gist, checked) in data.items()
    }


def _read_value(data: Mapping[str, Any], provisions: Mapping[str, Provision]) -> Value:
    def named(ids: Iterable[str]) -> tuple[Provision, ...]:
        return tuple(provisions[id] for id in ids)

    start = date.fromisoformat(data.get("since") or data["seen"])
    by = {word: named(ids) for word, ids in data.get("by", {}).items()}
    terms = tuple(data.get("terms", ()))
    return Value(_typed(data["value"]), named(data.get("cites", ())), start, "since" in data, terms, by)


def _typed(value: Any) -> Any:
    if isinstance(value, dict):
        return Length(value["n"], value["unit"])
    return tuple(_typed(one) for one in value) if isinstance(value, list) else value


def _read_days(place: str, data: Mapping[str, Any]) -> CourtDays:
    closed, doubtful = (
        {date.fromisoformat(day): name for day, name in data[key].items()} for key in ("closed", "doubtful")
    )
    cites = tuple(_read_provisions(place, data["cites"]).values())
    since, until = date.fromisoformat(data["since"]), date.fromisoformat(data["until"])
    return CourtDays(
        closed, since, until, cites, data["exclude_first_day"], data["roll_forward"], data["short_period"], doubtful
    )
