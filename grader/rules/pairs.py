"""Two people with an order in each direction, and who asked for which."""

from grader.facts import Event, Order
from grader.rules.matter import Matter, NotStated

PETITIONS = ("petition", "cross-petition")


def mirrors(m: Matter, order: Order) -> list[Order]:
    """The orders between the same two people in the other direction, in the order of the story."""
    against = [o for o in m.scenario.orders if o.binds in order.protects]
    if any(not o.protects and o.protects_children_under is None for o in against):
        raise NotStated("whom each order protects")
    return [o for o in against if order.binds in o.protects]


def petition(m: Matter, order: Order) -> Event | None:
    """The written request by which a person whom an order protects asked for it, if any."""
    asked = [
        e
        for e in m.events(*PETITIONS)
        if e.who in order.protects and e.whom in (None, order.binds) and e.written is not False and e.day <= order.day
    ]
    return asked[-1] if asked else None


def answer(m: Matter, order: Order) -> Event | None:
    """The written answer by which a person whom an order protects put a case of that person’s own, if any."""
    given = [e for e in m.events("respond") if e.who in order.protects and e.whom in (None, order.binds)]
    told = [e for e in given if (e.evidence or e.proved) and e.written is not False and e.day <= order.day]
    return told[-1] if told else None


def wanting(m: Matter, order: Order) -> str:
    """The name of the person who would have had to ask for an order."""
    return m.name(order.protects[0]) if order.protects else "the other person"
