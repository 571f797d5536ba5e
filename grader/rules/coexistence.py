"""Two orders side by side between the same people."""

from collections.abc import Callable, Mapping
from datetime import date

from grader.calendar import spoken
from grader.facts import Order
from grader.findings import Finding
from grader.law import LawNotKnown
from grader.rules.ending import stands_on
from grader.rules.matter import CRIMINAL, Matter, NotStated, Open, rule


@rule("coexistence.child_terms", "order", "other")
def child_terms(m: Matter, *, order: Order, other: Order) -> Finding:
    """Decide which of two orders governs the children, by the court that made the other one."""
    if other.court is None:
        raise NotStated("which court made the other order")
    value = m.issuing(order).value("child_terms_superseded_by", max(order.day, other.day))
    if other.court not in m.settled(value, "children", "Which order governs the children?", order, other):
        raise LawNotKnown("whether an order of that court on children goes before this one")
    says = "On the children the order of that court goes before this one."
    m.because("children", says, value=value, facts=[order, other])
    return m.conclude(other.id)


@rule("coexistence.which_terms_govern", "order", "other")
def which_terms_govern(m: Matter, *, order: Order, other: Order) -> Finding:
    """Decide which of two orders is enforced where they differ, or that both bind.

    Orders that do not conflict bind side by side. Where they conflict, some places rank them and
    others hold that each binds on its own terms.
    """
    day = max(order.day, other.day)
    if "agreement" in (order.kind, other.kind):
        raise LawNotKnown("what holds between an order and an agreement that no court made its own order")
    if not order.forbids or not other.forbids:
        raise NotStated("what each order forbids")
    alone = _alone(m, order, other, day)
    if alone is not None:
        return m.conclude(alone.id)
    rules, both = m.law.common(), [order, other]
    value = rules.value("overlap", day)
    overlap = m.settled(value, "overlap", "What holds when two orders overlap?", *both)
    if not _same_people(order, other):
        says = "The two orders do not bind and protect the same people, so each binds on its own terms."
    elif overlap == "each-binds":
        says = "Each order binds on its own terms, so both must be obeyed."
    elif not _conflict(order, other):
        says = "The two orders do not conflict, so both must be obeyed."
    else:
        return m.conclude(_ranked(m, order, other, day))
    m.because("overlap", says, value=value, facts=both)
    return m.conclude("both")


@rule("coexistence.bars_new_order", "order", "other")
def bars_new_order(m: Matter, *, order: Order, other: Order) -> Finding:
    """Decide whether an order that already protects somebody (other) lets the court refuse that person a new one."""
    if other.day > order.day or not _same_people(order, other):
        raise NotStated("which order was there before and protects the same person from the same person")
    value = m.issuing(order).value("other_order_bars_this", order.day)
    bars = bool(m.settled(value, "other order", "Is the order that stands a reason to refuse another?", order, other))
    says = "lets the court refuse a new one." if bars else "is no reason to refuse a new one."
    m.because("other order", f"An order that already stands {says}", met=bars, value=value, facts=[order, other])
    return m.conclude("bars" if bars else "does-not-bar")


def _alone(m: Matter, order: Order, other: Order, day: date) -> Order | None:
    """The only one of two orders that is in force, if the other one is over."""
    for one, rest in ((order, other), (other, order)):
        try:
            over = not stands_on(m.quiet(), rest, day)
        except (LawNotKnown, NotStated, Open):
            continue
        if over and stands_on(m.quiet(), one, day):
            stands_on(m, rest, day)
            m.because("overlap", f"Only the order of {spoken(one.day)} is still in force.", met=True, facts=[one, rest])
            return one
    return None


def _same_people(one: Order, other: Order) -> bool:
    return one.binds == other.binds and bool(set(one.protects) & set(other.protects))


def _ranked(m: Matter, order: Order, other: Order, day: date) -> str:
    ranking = m.law.common().value("ranking", day)
    for step in m.settled(ranking, "ranking", "Which order is enforced first?", order, other):
        winner, says = STEPS[step](order, other)
        if winner:
            m.because(step, says, met=True, value=ranking.about(step), facts=[order, other])
            return winner.id
    says = "The ranking does not tell these two apart, so both bind."
    m.because("ranking", says, value=ranking, facts=[order, other])
    return "both"


def _conflict(one: Order, other: Order) -> bool:
    """One bars contact that the other leaves open, or both name a distance and not the same."""
    apart = one.distance is not None and other.distance is not None and one.distance != other.distance
    loose = "contact" in one.forbids and "contact" in other.forbids and set(one.allows) != set(other.allows)
    return _bars(one) != _bars(other) or loose or apart


def _bars(order: Order) -> bool:
    """Whether an order bars contact: peaceful contact too."""
    return "contact" in order.forbids and "peaceful-contact" not in order.allows


def _strict(order: Order) -> tuple[int, int, int]:
    return (_bars(order), order.distance or 0, len(order.forbids))


def _emergency(one: Order, other: Order) -> tuple[Order | None, str]:
    for first, second in ((one, other), (other, one)):
        if first.kind == "emergency" and _strict(first) > _strict(second):
            return first, "The emergency order comes first because it is the stricter one."
    return None, ""


def _no_contact(one: Order, other: Order) -> tuple[Order | None, str]:
    with_term = [order for order in (one, other) if _bars(order)]
    return (
        (with_term[0], "A no-contact term comes first, whichever court made it.") if len(with_term) == 1 else (None, "")
    )


def _stricter(one: Order, other: Order) -> tuple[Order | None, str]:
    if _strict(one) == _strict(other):
        return None, ""
    return max(one, other, key=_strict), "Where two orders differ, the most restrictive terms control."


def _latest_criminal(one: Order, other: Order) -> tuple[Order | None, str]:
    found = _latest([order for order in (one, other) if order.kind in CRIMINAL])
    return (found, "The latest order of a criminal court goes before a civil one.") if found else (None, "")


def _latest_civil(one: Order, other: Order) -> tuple[Order | None, str]:
    found = _latest([order for order in (one, other) if order.kind not in CRIMINAL])
    return (found, "Between civil orders the later one is enforced.") if found else (None, "")


def _latest(orders: list[Order]) -> Order | None:
    """The order made last; None if there is none, or two of one day."""
    last = [order for order in orders if order.day == max(other.day for other in orders)]
    return last[0] if len(last) == 1 else None


STEPS: Mapping[str, Callable[[Order, Order], tuple[Order | None, str]]] = {
    "emergency-if-stricter": _emergency,
    "no-contact-term": _no_contact,
    "stricter": _stricter,
    "latest-criminal": _latest_criminal,
    "latest-civil": _latest_civil,
}
