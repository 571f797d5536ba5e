"""Whether an order of one state is honoured in another, under federal law."""

from datetime import date

from grader.facts import Order
from grader.law import LawNotKnown
from grader.rules.lasting import SHORT
from grader.rules.matter import CRIMINAL, Matter, NotStated, federal
from grader.rules.pairs import mirrors, petition, wanting


def honoured(m: Matter, order: Order, day: date | None = None, *, strict: bool = True) -> bool:
    """Whether federal law makes other states honour an order on a day, or on the day it was made; records why.

    Elements: an order of a court; a court with power; notice and a chance to be heard; for the half
    of a mutual order against somebody who petitioned, a written request and findings for each side.
    Not strict, a hearing that the story does not mention is taken for granted in an order made after notice.
    """
    on = day or order.day
    if not protection_order(m, order, on):
        return False
    return _power(m, order, on) and _heard(m, order, on, strict) and _own_half(m, order, on)


def protection_order(m: Matter, order: Order, day: date) -> bool:
    """Whether an order is one that federal law calls a protection order; records why."""
    if order.kind == "agreement":
        raise LawNotKnown("whether an agreement that no court made its own order counts")
    if order.kind not in CRIMINAL:
        return True
    value = federal().value("criminal_order_honoured", day)
    yes = bool(m.settled(value, "kind", "Does a criminal court’s order count?", order))
    says = "A criminal court’s order can count too." if yes else "A criminal court’s order does not count."
    m.because("kind", says, met=yes, value=value, facts=[order])
    return yes


def _power(m: Matter, order: Order, day: date) -> bool:
    if not order.without_jurisdiction:
        return True
    value = federal().value("honoured_requires", day)
    needed = "jurisdiction" in m.settled(value, "jurisdiction", "What does an order need to be honoured?", order)
    m.because("jurisdiction", "The court had no power to make it.", met=not needed, value=value, facts=[order])
    return not needed


def _heard(m: Matter, order: Order, day: date, strict: bool) -> bool:
    heard = order.hearing_notice
    if order.kind in SHORT and not heard:
        value = federal().value("ex_parte_honoured", day)
        met = bool(m.settled(value, "hearing", "Does a temporary order count?", order))
        says = "A temporary order counts too, if notice and a hearing follow in time."
        m.because("hearing", says if met else "A temporary order does not count.", met=met, value=value, facts=[order])
        return met
    value = federal().value("honoured_requires", day)
    needed = "notice-and-hearing" in m.settled(value, "hearing", "What does an order need to be honoured?", order)
    if not needed or (heard is None and not strict):
        return True
    if heard is None:
        raise NotStated("whether the restrained person had notice and a chance to be heard")
    says = f"{m.name(order.binds)} had {'' if heard else 'no '}notice and a chance to be heard."
    m.because("hearing", says, met=heard, value=value, facts=[order])
    return heard


def _own_half(m: Matter, order: Order, day: date) -> bool:
    """An order against somebody who petitioned needs a request of the other side, and findings if it is mutual."""
    first = [
        e
        for e in m.events("petition")
        if e.who == order.binds and (e.whom is None or e.whom in order.protects) and e.day <= order.day
    ]
    if not first:
        return True
    value = federal().value("honoured_mutual_requires", day)
    needed = m.settled(value, "own half", "What does an order against somebody who petitioned need?", order)
    if "written-pleading" in needed and petition(m, order) is None:
        says = f"{wanting(m, order)} filed no written request for this half of the order."
        m.because("written-pleading", says, met=False, value=value, facts=[order, first[0]])
        return False
    if "findings-for-each" not in needed or not mirrors(m, order):
        return True
    if order.findings is None:
        raise NotStated("what findings the judge made for each side")
    met = order.findings in ("oral", "written")
    says = "The court " + ("found" if met else "did not find") + " for each side that an order is due."
    m.because("findings-for-each", says, met=met, value=value, facts=[order])
    return met
