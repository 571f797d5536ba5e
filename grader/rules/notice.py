"""Whether the restrained person knew of an order, and of its extension."""

from grader.facts import Event, Order
from grader.law import LawNotKnown, OrderLaw, Value
from grader.rules.lasting import SHORT, unextended
from grader.rules.matter import Matter, NotStated

HOW = {
    "served": "was handed the order",
    "in-court": "was in court when the order was made",
    "by-officer": "was told the terms by an officer",
    "left-at-home": "had the order left at home",
    "told-informally": "heard of the order from somebody else",
    "mailed": "was sent the order by mail",
}


def has_notice(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether the restrained person had notice of the order as it stood when the act happened; records why."""
    how, day, bound = order.how_noticed, order.noticed, m.name(order.binds)
    if heard := _heard(m, act, order, rules):
        return _knew_of_extension(m, act, order, heard)
    if how is None:
        raise NotStated(f"whether {bound} knew of the order")
    value = rules.value("notice_by", act.day)
    enough = m.settled(value, "notice", "How must the restrained person learn of the order?", order)
    if how == "none" or (day is not None and day > act.day):
        m.because("notice", f"{bound} did not know of the order yet.", met=False, value=value, facts=[order])
        return False
    if day is None:
        raise NotStated(f"when {bound} learned of the order")
    if order.contents_known is False and not _bare(m, act, order, rules):
        return False
    if how not in enough:
        return _not_enough(m, act, order, rules, how)
    m.because("notice", f"{bound} {HOW[how]}, and that is enough notice.", met=True, value=value, facts=[order])
    return _knew_of_extension(m, act, order, value)


def _heard(m: Matter, act: Event, order: Order, rules: OrderLaw) -> Value | None:
    """The law by which notice of the hearing stands in for knowledge of the order made there, if it does here."""
    value = rules.get("hearing_notice_suffices", act.day) if order.hearing_notice and order.kind not in SHORT else None
    if value is None or not m.settled(value, "notice", "Is notice of the hearing enough?", order):
        return None
    says = f"{m.name(order.binds)} had notice of the hearing, and that is enough."
    m.because("notice", says, met=True, value=value, facts=[order])
    return value


def _bare(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether it is enough to know that there is an order, without knowing what it says."""
    value = rules.value("contents_must_be_known", act.day)
    enough = not m.settled(value, "notice", "Must the restrained person know what the order says?", order)
    also = "that is enough" if enough else "that is not enough"
    says = f"{m.name(order.binds)} knew that there was an order, not what it says, and {also}."
    m.because("notice", says, met=enough, value=value, facts=[order])
    return enough


def _not_enough(m: Matter, act: Event, order: Order, rules: OrderLaw, how: str) -> bool:
    """False where the law refuses a way of learning of the order; LawNotKnown where it is silent on that way."""
    bound, value = m.name(order.binds), rules.get("notice_not_by", act.day)
    if value is None or how not in m.settled(value, "notice", "What is not enough?", order):
        raise LawNotKnown(f"whether it is enough that {bound} {HOW[how]}")
    m.because("notice", f"{bound} {HOW[how]}, and that is not enough.", met=False, value=value, facts=[order])
    return False


def _knew_of_extension(m: Matter, act: Event, order: Order, value: Value) -> bool:
    """Past its first end an order binds only somebody who knows that it was extended."""
    made = [e for e in m.events("extend-order") if e.order == order.id and m.by_then(e, act.day, act)]
    if not made:
        return True
    extension, bound = made[-1], m.name(order.binds)
    end = unextended(m.quiet(), order, act.day, act)
    if end is None or act.day <= end:
        return True
    there = [e for e in m.events("appear") if e.who == order.binds and e.day == extension.day]
    if extension.served is None and not there:
        raise NotStated(f"whether {bound} knew that the order had been extended")
    knew = bool(extension.served or there)
    says = f"{bound} {'knew' if knew else 'did not know'} that the order had been extended."
    m.because("notice", says, met=knew, value=value, facts=[extension, *there])
    return knew
