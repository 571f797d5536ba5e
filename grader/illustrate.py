"""Gives the keys of practice what pictures are drawn from: the facts, and what follows from them for the last day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from grader.facts import Ask, Order, Scenario
from grader.findings import Finding
from grader.law import Law
from grader.pictures.counting import Count, count
from grader.pictures.moments import NO_FIXED_DAY
from grader.pictures.store import packed
from grader.questions import Builder
from grader.rules import ask as decide
from grader.sheet import ItemKey
from grader.telling import label

TELLS = {"mutual.who_is_bound": ("arrows",)}
"""Pictures of the facts that would give the answer to a question away: they come with the feedback."""


def illustrated(builder: Builder, key: ItemKey) -> ItemKey:
    """The key of an item with the facts of each of its variants."""
    pairs = zip(key.variants, builder.scenarios, strict=True)
    variants = tuple(replace(one, case=_case(scenario, builder.law, builder.ask)) for one, scenario in pairs)
    return replace(key, variants=variants)


def _case(scenario: Scenario, law: Law, ask: Ask) -> dict[str, object]:
    found = dict(_last_days(scenario, law, ask))
    ends = {id: end for id, (end, _) in found.items()}
    counted = next((one for _, one in found.values() if one), None)
    called = {order.id: label(order, scenario, law) for order in scenario.orders}
    return packed(scenario, called, asked=ask.day, ends=ends, count=counted, later=TELLS.get(ask.rule, ()))


def _last_days(scenario: Scenario, law: Law, ask: Ask) -> Iterator[tuple[str, tuple[date | str, Count | None]]]:
    """For a question of duration: the last day of the order it is about, and how it was counted."""
    for order in scenario.orders:
        if ask.rule.startswith("duration.") and (ask.order == order.id or len(scenario.orders) == 1):
            finding = decide(scenario, law, Ask(id="last", rule="duration.last_day", order=order.id))
            yield from _last_day(scenario, order, finding, law)


def _last_day(
    scenario: Scenario, order: Order, finding: Finding, law: Law
) -> Iterator[tuple[str, tuple[date | str, Count | None]]]:
    if isinstance(finding.answer, date):
        yield order.id, (finding.answer, count(scenario, order, finding, law))
    elif finding.answer == NO_FIXED_DAY:
        yield order.id, (NO_FIXED_DAY, None)
