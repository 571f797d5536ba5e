"""When a breach across a state line is a federal crime, and whether police can be made to answer for doing nothing."""

from dataclasses import replace
from datetime import date

from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown
from grader.rules.matter import Matter, NotStated, Open, federal, rule
from grader.rules.paper import broken_on_paper
from grader.rules.travel import honoured, protection_order
from grader.rules.violations import broken


@rule("violations.interstate_crime", "act", "order")
def interstate_crime(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether a breach after crossing a state line is a federal crime.

    Elements: a protection order in the sense of federal law; the bound person crossed a state line meaning to
    break it, or made the protected person cross by force or deceit; and broke a term that protects from
    violence, harassment, contact or nearness.
    """
    met = _counts(m, act, order) and _crossed(m, act, order) and _broke(m, act, order)
    return m.conclude("federal-crime" if met else "no-federal-crime")


@rule("violations.enforcement_right", "order", "day")
def enforcement_right(m: Matter, *, order: Order, day: date) -> Finding:
    """Decide whether the protected person has a federal right to have police enforce an order."""
    value = federal().value("enforcement_is_right", day)
    right = bool(m.settled(value, "right", "Is there a federal right to have the order enforced?", order))
    says = "The order binds the restrained person. It gives " + ("a" if right else "no") + " right to police action."
    m.because("right", says, met=right, value=value, facts=[order])
    return m.conclude("right" if right else "no-right")


def _counts(m: Matter, act: Event, order: Order) -> bool:
    """An order that other states must honour counts; whether another does, the law must say."""
    if _sure(m, act, order):
        return honoured(m, order, act.day)
    if not protection_order(m, order, act.day):
        return False
    value = federal().value("crossing_needs_honour", act.day)
    needed = bool(m.settled(value, "honour", "Must the order be one that other states honour?", order))
    if needed:
        return honoured(m, order, act.day)
    says = "It need not be an order that other states must honour."
    m.because("honour", says, met=True, value=value, facts=[order], aside=True)
    return True


def _sure(m: Matter, act: Event, order: Order) -> bool:
    try:
        return honoured(m.quiet(), order, act.day)
    except (NotStated, LawNotKnown, Open):
        return False


def _crossed(m: Matter, act: Event, order: Order) -> bool:
    name = m.name(order.binds)
    if _made_cross(m, act, order):
        return True
    value = federal().value("crossing_needs_intent", act.day)
    needed = m.settled(value, "crossing", "Must the person mean to break the order when crossing?", order)
    trips = [e for e in m.events("cross-line") if e.who == order.binds and m.by_then(e, act.day, act)]
    if not trips:
        if act.state not in (None, order.made_in or m.law.id):
            raise NotStated(f"whether {name} crossed a state line")
        m.because("crossing", f"{name} crossed no state line.", met=False, value=value, facts=[order, act])
        return False
    if needed and trips[-1].intended is None:
        raise NotStated(f"whether {name} meant to break the order when crossing the state line")
    met = bool(trips[-1].intended or not needed)
    meant = "meaning" if trips[-1].intended else "not meaning"
    m.because("crossing", f"{name} crossed a state line {meant} to break the order.", met=met, value=value, facts=trips)
    return met


def _made_cross(m: Matter, act: Event, order: Order) -> bool:
    """Whether the bound person made somebody the order protects cross a state line by force, threats or deceit."""
    made = [e for e in m.events("cross-line") if e.forced and e.asked_by == order.binds and m.guards(order, e.who)]
    near = [e for e in made if m.by_then(e, act.day, act)]
    value = federal().value("crossing_may_be_forced", act.day) if near else None
    if value is None or not m.settled(value, "crossing", "Does making somebody cross the line count?", *near):
        return False
    says = f"{m.name(order.binds)} made {m.name(near[-1].who)} cross a state line by force or deceit."
    m.because("crossing", says, met=True, value=value, facts=[order, *near])
    return True


def _broke(m: Matter, act: Event, order: Order) -> bool:
    """Whether the act breaks a protective term."""
    term = _broken(m, act, order)
    if term is None:
        return False
    value = federal().value("crossing_covers", act.day, term)
    met = bool(m.settled(value, "protective term", "Does the broken term count?", order))
    counts = "belongs" if met else "does not belong"
    says = f"The broken term {counts} to the part of the order that protects from violence, harassment or contact."
    m.because("protective term", says, met=met, value=value, facts=[order, act])
    return met


def _broken(m: Matter, act: Event, order: Order) -> str | None:
    """The broken term under the law of the place that made the order; by its paper where that law does not answer."""
    try:
        there = replace(m, law=m.place(order))
        broken(there.quiet(), act, order)
    except LawNotKnown:
        return broken_on_paper(m, act, order)
    return broken(there, act, order)
