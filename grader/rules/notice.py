"""Whether the restrained person knew of an order, and of its extension."""

from grader.facts import Event, Order
from grader.law import LawNotKnown, OrderLaw, Value
from grader.rules.lasting import unextended
from grader.rules.matter import Matter, NotStated

HOW = {
    "served": "was handed the order",
    "in-court": "was in court when the order was made",
    "by-officer": "was told the terms by an officer",
    "left-at-home": "had the order left at home",
    "told-informally": "heard of the order from somebody else",
    "mailed": "was sent the order by mail",
}
KNOWING = ("in-court", "by-officer", "told-informally")


def has_notice(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether the restrained person had notice of the order as it stood when the act happened; records why."""
    how, day, bound = order.how_noticed, order.noticed, m.name(order.binds)
    if how is None:
        raise NotStated(f"whether {bound} knew of the order")
    value = _asked(m, act, order, rules)
    enough = m.settled(value, "notice", "How must the restrained person learn of the order?", order)
    if how == "none" or (day is not None and day > act.day):
        m.because("notice", f"{bound} did not know of the order yet.", met=False, value=value, facts=[order])
        return False
    if day is None:
        raise NotStated(f"when {bound} learned of the order")
    if how not in enough:
        return _other_way(m, act, order, rules, how) and _knew_of_extension(m, act, order, value)
    m.because("notice", f"{bound} {HOW[how]}, and that is enough notice.", met=True, value=value, facts=[order])
    return _knew_of_extension(m, act, order, value)


def _asked(m: Matter, act: Event, order: Order, rules: OrderLaw) -> Value:
    """The ways of learning of an order that are enough: those of the place that made it, where the law here says so."""
    if order.made_in not in (None, m.law.id):
        as_issued = rules.get("foreign_notice_as_issued", act.day)
        says = "Whose law says what notice an order of another state needs?"
        if as_issued and m.settled(as_issued, "notice", says, order):
            m.because("notice", "The notice must be that of the place that made the order.", value=as_issued)
            return m.issuing(order).value("notice_by", act.day)
    return rules.value("notice_by", act.day)


def _other_way(m: Matter, act: Event, order: Order, rules: OrderLaw, how: str) -> bool:
    """Whether a way that the law does not name is enough because it brought knowledge of the order."""
    bound = m.name(order.binds)
    value = rules.get("knowledge_is_enough", act.day)
    if value is None or (how not in KNOWING and value.value is True):
        raise LawNotKnown(f"whether it is enough that {bound} {HOW[how]}")
    enough = bool(m.settled(value, "notice", "Is it enough to know of the order in some other way?", order))
    more = "knowing of the order is enough." if enough else "the law asks for more than that."
    m.because("notice", f"{bound} {HOW[how]}, and {more}", met=enough, value=value, facts=[order])
    return enough


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
