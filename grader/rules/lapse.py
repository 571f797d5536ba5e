"""Whether a petition outlives the temporary order that was made on it."""

from datetime import date

from grader.calendar import add, spoken
from grader.facts import Order
from grader.findings import Finding
from grader.law import LawNotKnown, Length
from grader.rules.ending import stands_on
from grader.rules.lasting import SHORT, runs_out
from grader.rules.matter import Matter, NotStated, rule


@rule("duration.may_still_make", "order")
def may_still_make(m: Matter, *, order: Order) -> Finding:
    """Decide whether the court may still make an order after notice on the petition behind a temporary order.

    Elements: a temporary order came first; it had run out; nobody petitioned anew; it had run so long that
    the petition fell with it. While the temporary order stands, or after a new petition, the court may.
    """
    first = _temporary(m, order)
    if stands_on(m, first, order.day):
        return m.conclude("may")
    last = runs_out(m.quiet(), first, order.day)
    if last is None or last >= order.day:
        raise LawNotKnown("whether a petition outlives a temporary order that something ended before its time")
    return m.conclude("may" if _petitioned_anew(m, order, last) or not _fell(m, order, first, last) else "may-not")


def _temporary(m: Matter, order: Order) -> Order:
    """The latest temporary order between the same people in the same direction before an order after notice."""
    if order.kind in SHORT:
        raise NotStated("an order that was made after notice")
    found = [o for o in m.scenario.orders if o.kind in SHORT and o.binds == order.binds and o.day < order.day]
    same = [o for o in found if set(o.protects) & set(order.protects)]
    if not same:
        raise NotStated("that a temporary order came first")
    return max(same, key=lambda one: one.day)


def _petitioned_anew(m: Matter, order: Order, last: date) -> bool:
    asked = [e for e in m.events("petition") if e.who in order.protects and e.whom in (None, order.binds)]
    anew = [e for e in asked if last < e.day <= order.day]
    if anew:
        who = m.name(anew[0].who)
        m.because("new petition", f"{who} petitioned anew after the temporary order ran out.", met=True, facts=anew)
    return bool(anew)


def _fell(m: Matter, order: Order, first: Order, last: date) -> bool:
    """Whether the temporary order had run so long that its lapse ended the petition."""
    value = m.issuing(order).value("lapse_ends_petition_after", order.day)
    least: Length = m.settled(value, "petition", "Does the petition outlive the temporary order?", first, order)
    if last < add(first.day, least.n, least.unit):
        raise LawNotKnown(f"whether the lapse of a temporary order that ran less than {least} ends the petition")
    says = f"The temporary order ran longer than {least} and lapsed on {spoken(last)}. The petition fell with it."
    m.because("petition", says, met=True, value=value, facts=[first, order])
    return True
