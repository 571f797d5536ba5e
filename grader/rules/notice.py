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
KNOWING = ("in-court", "by-officer", "told-informally")


def has_notice(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether the restrained person had notice of the order as it stood when the act happened; records why.

    Notice comes in a way that the law names, or by knowing of the order where that is enough; where the law asks for
    it, the terms must be known too. Some places let notice of the hearing stand in for all of that.
    """
    how, day, bound = order.how_noticed, order.noticed, m.name(order.binds)
    if heard := _heard(m, act, order, rules):
        return _knew_of_extension(m, act, order, heard)
    value = _asked(m, act, order, rules)
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
    if order.knew_terms is False and how != "served" and not _bare(m, act, order, rules):
        return False
    if how in enough:
        m.because("notice", f"{bound} {HOW[how]}, and that is enough notice.", met=True, value=value, facts=[order])
    elif not _other_way(m, act, order, rules, how):
        return False
    return _knew_of_extension(m, act, order, value)


def _heard(m: Matter, act: Event, order: Order, rules: OrderLaw) -> Value | None:
    """The law by which notice of the hearing stands in for knowledge of the order made there, if it does here."""
    told = order.kind not in SHORT and (order.hearing_notice or (order.hearing_notice is None and _summoned(m, order)))
    value = rules.get("hearing_notice_suffices", act.day) if told else None
    if value is None or not m.settled(value, "notice", "Is notice of the hearing enough?", order):
        return None
    says = f"{m.name(order.binds)} had notice of the hearing, and that is enough."
    m.because("notice", says, met=True, value=value, facts=[order])
    return value


def _summoned(m: Matter, order: Order) -> bool:
    """Whether an order grew out of a temporary one that was handed over in time and named the hearing."""
    first = _temporary(m, order)
    if first is None or first.how_noticed not in ("served", "in-court"):
        return False
    named = first.hearing is not None or any(e.who == order.binds for e in m.events("miss-hearing", "appear"))
    return named and first.noticed is not None and first.noticed < order.day


def _temporary(m: Matter, order: Order) -> Order | None:
    """The temporary order out of which an order grew, if the story tells of one."""
    return next((one for one in m.scenario.orders if one.id == order.extends and one.kind in SHORT), None)


def _asked(m: Matter, act: Event, order: Order, rules: OrderLaw) -> Value:
    """The ways of learning of an order that are enough: those of the place that made it, where the law here says so."""
    if order.made_in not in (None, m.law.id):
        as_issued = rules.get("foreign_notice_as_issued", act.day)
        says = "Whose law says what notice an order of another state needs?"
        if as_issued and m.settled(as_issued, "notice", says, order):
            m.because("notice", "The notice must be that of the place that made the order.", value=as_issued)
            return m.issuing(order).value("notice_by", act.day)
    return rules.value("notice_by", act.day)


def _warned(m: Matter, order: Order, enough: Collection[str]) -> bool:
    """Whether the order grew out of a temporary one that the restrained person knew, at a hearing that person missed.

    The temporary order would have gone on by itself, so nobody who stayed away can say that the end was a surprise.
    """
    first = _temporary(m, order)
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


def _bare(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether it is enough to know that there is an order, without knowing what it says."""
    value = rules.value("contents_must_be_known", act.day)
    enough = not m.settled(value, "notice", "Must the restrained person know what the order says?", order)
    also = "that is enough" if enough else "that is not enough"
    says = f"{m.name(order.binds)} knew that there was an order, not what it says, and {also}."
    m.because("notice", says, met=enough, value=value, facts=[order])
    return enough


def _other_way(m: Matter, act: Event, order: Order, rules: OrderLaw, how: str) -> bool:
    """Whether a way that the law does not name is enough because it brought knowledge of the order."""
    bound, refused = m.name(order.binds), rules.get("notice_not_by", act.day)
    if refused and how in m.settled(refused, "notice", "What is not enough?", order):
        m.because("notice", f"{bound} {HOW[how]}, and that is not enough.", met=False, value=refused, facts=[order])
        return False
    value = rules.get("knowledge_is_enough", act.day)
    if value is None:
        raise LawNotKnown(f"whether it is enough that {bound} {HOW[how]}")
    enough = bool(m.settled(value, "notice", "Is it enough to know of the order in some other way?", order))
    if enough and not _knew(m, act, order, rules, how):
        raise NotStated(f"whether {bound} knew what the order says")
    more = "knowing of the order is enough." if enough else "the law asks for more than that."
    m.because("notice", f"{bound} {HOW[how]}, and {more}", met=enough, value=value, facts=[order])
    return enough


def _knew(m: Matter, act: Event, order: Order, rules: OrderLaw, how: str) -> bool:
    """Whether somebody learned of the order for certain, and of its terms where they must be known."""
    terms = rules.get("contents_must_be_known", act.day)
    return bool(order.knew_terms) if terms and terms.value is True else how in KNOWING or bool(order.knew_terms)


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
