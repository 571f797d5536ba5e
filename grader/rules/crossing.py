"""When a breach across a state line is a federal crime, and whether police can be made to answer for doing nothing."""

from dataclasses import replace
from datetime import date

from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown, jurisdictions, law
from grader.rules.matter import Matter, NotStated, federal, rule
from grader.rules.travel import honoured
from grader.rules.violations import broken


@rule("violations.interstate_crime", "act", "order")
def interstate_crime(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether a breach after crossing a state line is a federal crime.

    Elements: federal law honours the order; the bound person crossed a state line; meant to break the order when
    crossing; and then broke a term that protects from violence, harassment, contact or nearness.
    """
    met = honoured(m, order) and _crossed(m, act, order) and _broke(m, act, order)
    return m.conclude("federal-crime" if met else "no-federal-crime")


@rule("violations.enforcement_right", "order", "day")
def enforcement_right(m: Matter, *, order: Order, day: date) -> Finding:
    """Decide whether the protected person has a federal right to have police enforce an order."""
    value = federal().value("enforcement_is_right", day)
    right = bool(m.settled(value, "right", "Is there a federal right to have the order enforced?", order))
    says = "The order binds the restrained person. It gives " + ("a" if right else "no") + " right to police action."
    m.because("right", says, met=right, value=value, facts=[order])
    return m.conclude("right" if right else "no-right")


def _crossed(m: Matter, act: Event, order: Order) -> bool:
    name = m.name(order.binds)
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


def _broke(m: Matter, act: Event, order: Order) -> bool:
    """Whether the act breaks a protective term, under the law of the place that made the order."""
    if order.made_in and order.made_in not in jurisdictions():
        raise LawNotKnown(f"no law on file for {order.made_in}")
    term = broken(replace(m, law=law(order.made_in)) if order.made_in else m, act, order)
    if term is None:
        return False
    value = federal().value("crossing_covers", act.day, term)
    met = bool(m.settled(value, "protective term", "Does the broken term count?", order))
    counts = "belongs" if met else "does not belong"
    says = f"The broken term {counts} to the part of the order that protects from violence, harassment or contact."
    m.because("protective term", says, met=met, value=value, facts=[order, act])
    return met
