"""Whether the restrained person knew of an order, and of its extension."""

from collections.abc import Collection

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
    value = rules.value("notice_by", act.day)
    enough = m.settled(value, "notice", "How must the restrained person learn of the order?", order)
    if how in (None, "none") and _warned(m, order, enough):
        return True
    if how is None:
        raise NotStated(f"whether {bound} knew of the order")
    if how == "none" or (day is not None and day > act.day):
        m.because("notice", f"{bound} did not know of the order yet.", met=False, value=value, facts=[order])
        return False
    if day is None:
        raise NotStated(f"when {bound} learned of the order")
    if how in enough:
        m.because("notice", f"{bound} {HOW[how]}, and that is enough notice.", met=True, value=value, facts=[order])
    elif not _knew_terms(m, act, order, rules, HOW[how]):
        return False
    return _knew_of_extension(m, act, order, value)


def _warned(m: Matter, order: Order, enough: Collection[str]) -> bool:
    """Whether the order grew out of a temporary one that the restrained person knew, at a hearing that person missed.

    The temporary order would have gone on by itself, so nobody who stayed away can say that the end was a surprise.
    """
    first = next((one for one in m.scenario.orders if one.id == order.extends and one.kind in SHORT), None)
    missed = [e for e in m.events("miss-hearing") if e.who == order.binds and e.day <= order.day]
    if first is None or first.how_noticed not in enough or first.noticed is None:
        return False
    heard = [e for e in missed if first.noticed <= e.day and e.order in (None, first.id)]
    goes_on = m.issuing(first).get("survives", order.day)
    if not heard or goes_on is None or goes_on.open or "hearing-missed-by-restrained" not in goes_on.value:
        return False
    says = f"{m.name(order.binds)} knew of the temporary order and missed its hearing, and had to expect this one."
    value = goes_on.about("hearing-missed-by-restrained")
    m.because("notice", says, met=True, value=value, facts=[order, first, heard[-1]])
    return True


def _knew_terms(m: Matter, act: Event, order: Order, rules: OrderLaw, how: str) -> bool:
    """Where the way of learning is not enough by itself: whether the restrained person knew the terms all the same."""
    bound, known = m.name(order.binds), rules.get("known_terms_are_notice", act.day)
    says = f"{bound} {how}"
    if order.knew_terms is None or not (known and m.settled(known, "notice", f"{says}. Is that enough?", order)):
        raise LawNotKnown(f"whether it is enough that {says}")
    how_far = "and knew what it forbids" if order.knew_terms else "but did not know what it forbids"
    m.because("notice", f"{says}, {how_far}.", met=order.knew_terms, value=known, facts=[order])
    return order.knew_terms


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
