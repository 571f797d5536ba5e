"""Finds law files that contradict each other: two files for one order, or two answers that cannot both hold."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from grader.law import OrderLaw

ALWAYS = ("renewal_needs_new_abuse", "renewal_shortest", "renewal_longest", "renewal_permanent", "renewal_window")
RULED_OUT = {("renewable", name) for name in ALWAYS} | {("may_bind_protected", "mutual_requires")}
"""Where the first is answered with no, an answer to the second says that it can happen after all."""
Conflict = tuple[str, str, str, str]
"""The order, the question, what is wrong, and what would be right."""


def conflicts(orders: Iterable[OrderLaw]) -> Iterator[Conflict]:
    """Everything in the files of one jurisdiction that cannot both be so."""
    all_orders = list(orders)
    for one, other in combinations(all_orders, 2):
        if _same_order(one, other):
            wrong = f"stands for the same orders as {one.order}.yaml."
            yield other.order, "realises", wrong, "Name kinds, grounds, offences or courts that only one of them has."
    for order in all_orders:
        for day in _days(order):
            yield from _both_ways(order, day)
            yield from _ruled_out(order, day)


def _same_order(one: OrderLaw, other: OrderLaw) -> bool:
    """Whether a look-up could find either, with nothing to choose between them."""
    pairs = (
        (one.kinds, other.kinds),
        (one.grounds, other.grounds),
        (one.offences, other.offences),
        (one.courts, other.courts),
    )
    return all(bool(a) == bool(b) and (not a or set(a) & set(b)) for a, b in pairs)


def _days(order: OrderLaw) -> list[date]:
    """The days on which something this file says starts."""
    return sorted({value.since for values in order.parameters.values() for value in values})


def _both_ways(order: OrderLaw, day: date) -> Iterator[Conflict]:
    ended, survives = order.get("ended_by", day), order.get("survives", day)
    if ended is None or survives is None or ended.open or survives.open:
        return
    for word in sorted(set(ended.value) & set(survives.value)):
        wrong = f"“{word}” both ends the order and leaves it standing on {day.isoformat()}."
        yield order.order, "survives", wrong, "Keep it in ended_by or in survives."


def _ruled_out(order: OrderLaw, day: date) -> Iterator[Conflict]:
    for whether, how in sorted(RULED_OUT):
        first, second = order.get(whether, day), order.get(how, day)
        if first is not None and second is not None and first.value is False and not second.open:
            wrong = f"is answered for {day.isoformat()}, though {whether} is false then."
            yield order.order, how, wrong, "One of the two is not so, or null hides the answer of another file."
