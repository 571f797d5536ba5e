"""Two orders side by side between the same people."""

from collections.abc import Callable

from grader.facts import Order
from grader.findings import Finding
from grader.rules.matter import Matter, rule
from grader.rules.mutual import CRIMINAL


@rule("coexistence.which_terms_govern", "order", "other")
def which_terms_govern(m: Matter, *, order: Order, other: Order) -> Finding:
    """Decide which of two orders is enforced where they differ, or that both bind.

    Orders that do not conflict bind side by side. Where they conflict, some places rank them and
    others hold that each binds on its own terms.
    """
    day = max(order.day, other.day)
    rules = m.law.common()
    value = rules.value("overlap", day)
    overlap = m.settled(value, "overlap", "What holds when two orders overlap?", order, other)
    if overlap == "each-binds":
        m.because(
            "overlap", "Each order binds on its own terms, so both must be obeyed.", value=value, facts=[order, other]
        )
        return m.conclude("both")
    if not _conflict(order, other):
        m.because(
            "conflict", "The two orders do not conflict, so both must be obeyed.", value=value, facts=[order, other]
        )
        return m.conclude("both")
    ranking = rules.value("ranking", day)
    for step in m.settled(ranking, "ranking", "Which order is enforced first?", order, other):
        winner, says = STEPS[step](order, other)
        if winner:
            m.because(step, says, met=True, value=ranking, facts=[order, other])
            return m.conclude(winner.id)
    m.because(
        "ranking", "The ranking does not tell these two apart, so both bind.", value=ranking, facts=[order, other]
    )
    return m.conclude("both")


def _conflict(one: Order, other: Order) -> bool:
    """One forbids contact and the other does not, or both name a distance and not the same."""
    contact = ("contact" in one.forbids) != ("contact" in other.forbids)
    apart = one.distance is not None and other.distance is not None and one.distance != other.distance
    return contact or apart


def _strict(order: Order) -> tuple[int, int, int]:
    return ("contact" in order.forbids, order.distance or 0, len(order.forbids))


def _emergency(one: Order, other: Order) -> tuple[Order | None, str]:
    for first, second in ((one, other), (other, one)):
        if first.kind == "emergency" and _strict(first) > _strict(second):
            return first, "The emergency order comes first because it is the stricter one."
    return None, ""


def _no_contact(one: Order, other: Order) -> tuple[Order | None, str]:
    with_term = [order for order in (one, other) if "contact" in order.forbids]
    return (
        (with_term[0], "A no-contact term comes first, whichever court made it.") if len(with_term) == 1 else (None, "")
    )


def _latest(criminal: bool, says: str) -> Callable[[Order, Order], tuple[Order | None, str]]:
    def step(one: Order, other: Order) -> tuple[Order | None, str]:
        found = [order for order in (one, other) if (order.kind in CRIMINAL) == criminal]
        return (max(found, key=lambda order: order.day), says) if found else (None, "")

    return step


STEPS = {
    "emergency-if-stricter": _emergency,
    "no-contact-term": _no_contact,
    "latest-criminal": _latest(True, "Next comes the latest order of a criminal court."),
    "latest-civil": _latest(False, "Between civil orders the later one is enforced."),
}
