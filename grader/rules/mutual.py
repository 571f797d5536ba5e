"""Whom an order binds, when a court may bind both, and which half is honoured elsewhere."""

from collections.abc import Callable

from grader.calendar import spoken
from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import OrderLaw, Value
from grader.rules.ending import federal
from grader.rules.matter import Matter, NotStated, rule

CRIMINAL = (
    "release-condition",
    "pretrial-order",
    "pretrial-probation",
    "probation-condition",
    "probation-order",
    "sentence-order",
)
PETITIONS = ("petition", "cross-petition")
Check = Callable[[Matter, Order, Order | None], tuple[bool, str]]


@rule("mutual.who_is_bound", "order")
def who_is_bound(m: Matter, *, order: Order) -> Finding:
    """Decide who is bound: the person each order names, and nobody else."""
    value = m.local(order).value("binds_only_named", order.day)
    m.settled(value, "bound", "Whom does the order bind?", order)
    pair = [order, *([second] if (second := mirror(m, order)) else [])]
    for one in pair:
        says = f"The order of {spoken(one.day)} binds {m.name(one.binds)} only."
        m.because("bound", says, met=True, value=value, facts=[one])
    return m.conclude(frozenset(one.binds for one in pair))


@rule("mutual.may_bind_both", "order")
def may_bind_both(m: Matter, *, order: Order) -> Finding:
    """Decide whether the court may make an order against the person who asked first.

    Elements: such a case can lead to an order against that person; if the two orders count as
    mutual, everything the law asks for each side is there. Agreement or fairness is no element.
    """
    rules = m.issuing(order)
    if order.kind in CRIMINAL:
        value = rules.value("may_bind_protected", order.day)
        m.settled(value, "case", "Can the case bind the protected person?", order)
        m.because(
            "case",
            f"A criminal case binds the accused, not {m.name(order.binds)}.",
            met=False,
            value=value,
            facts=[order],
        )
        return m.conclude("may" if value.value else "may-not")
    first = mirror(m, order)
    if first is not None and not _mutual(m, first, order, rules):
        return m.conclude("may")
    return m.conclude("may" if _all_there(m, order, first, rules) else "may-not")


@rule("mutual.honoured_elsewhere", "order")
def honoured_elsewhere(m: Matter, *, order: Order) -> Finding:
    """Decide whether federal law makes other states honour an order."""
    rules = federal()
    if order.kind in CRIMINAL:
        value = rules.value("criminal_order_honoured", order.day)
        if not m.settled(value, "kind", "Does a criminal court’s order count?", order):
            m.because("kind", "A criminal court’s order does not count.", met=False, value=value, facts=[order])
            return m.conclude("not-honoured")
        m.because("kind", "A criminal court’s order can count too.", met=True, value=value, facts=[order])
    if not _due_process(m, order, rules) or not _own_half(m, order, rules):
        return m.conclude("not-honoured")
    return m.conclude("honoured")


def mirror(m: Matter, order: Order) -> Order | None:
    """The order between the same two people in the other direction, if the story has one."""
    for other in m.scenario.orders:
        if other.binds in order.protects and order.binds in other.protects:
            return other
    return None


def _mutual(m: Matter, first: Order, second: Order, rules: OrderLaw) -> bool:
    same = first.day == second.day
    value = rules.value("same_hearing_is_mutual" if same else "separate_orders_are_mutual", second.day)
    how = "after one hearing" if same else "one after the other"
    says = f"Two orders in opposite directions were made {how}."
    yes = bool(m.settled(value, "mutual", says, first, second))
    also = "They count as a mutual order." if yes else "They do not count as a mutual order."
    m.because("mutual", f"{says} {also}", met=yes, value=value, facts=[first, second])
    return yes


def _all_there(m: Matter, order: Order, first: Order | None, rules: OrderLaw) -> bool:
    value = rules.value("mutual_requires", order.day)
    needed = m.settled(value, "requirements", "What must be true for each side?", order)
    gaps: list[NotStated] = []
    for name in needed:
        try:
            met, says = CHECKS[name](m, order, first)
        except NotStated as gap:
            gaps.append(gap)
            continue
        if not met:
            _missing(m, name, says, value, order, rules)
            return False
        m.because(name, says, met=True, value=value, facts=[order, _petition(m, order)])
    if gaps:
        raise gaps[0]
    return True


def _missing(m: Matter, name: str, says: str, value: Value, order: Order, rules: OrderLaw) -> None:
    if order.agreed or m.events("agree"):
        agreed = rules.get("mutual_by_agreement", order.day)
        if agreed and agreed.value is False:
            m.because(
                "agreement",
                "Agreement does not stand in for what the law asks.",
                met=False,
                value=agreed,
                facts=[order],
            )
    m.because(name, says, met=False, value=value, facts=[order, _petition(m, order)])


def _petition(m: Matter, order: Order) -> Event | None:
    asked = [e for e in m.events(*PETITIONS) if e.who in order.protects and e.written is not False]
    return asked[-1] if asked else None


def _asked(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    met = _petition(m, order) is not None
    who = _wanting(m, order)
    return met, f"{who} filed an own request." if met else f"{who} filed no request of {who}’s own."


def _appeared(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    both = {order.binds, *order.protects}
    absent = [e.who for e in m.events("miss-hearing") if e.who in both]
    if absent:
        return False, f"{m.name(absent[0])} did not appear."
    if not both <= {e.who for e in m.events("appear")}:
        raise NotStated("whether both people came to the hearing")
    return True, "Both people came to the hearing."


def _evidence(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    asked = _petition(m, order)
    if asked is None:
        return False, f"{_wanting(m, order)} gave no written evidence of abuse."
    if asked.evidence is None:
        raise NotStated("whether the request came with written evidence")
    says = f"{_wanting(m, order)} gave " + ("" if asked.evidence else "no ") + "written evidence of abuse."
    return asked.evidence, says


def _proved(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    asked = _petition(m, order)
    if asked is None:
        return False, f"{_wanting(m, order)} asked for nothing and proved nothing."
    if asked.proved is None:
        raise NotStated(f"whether {_wanting(m, order)} proved the case")
    return asked.proved, f"{_wanting(m, order)} " + (
        "proved" if asked.proved else "did not prove"
    ) + " to need protection."


def _written(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    if order.findings is None:
        raise NotStated("what findings the judge made")
    met = order.findings == "written"
    return met, "The judge wrote findings of fact." if met else "The judge wrote no findings of fact."


def _in_time(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    met = order.findings_day is None or order.findings_day <= order.day
    return met, "The findings came with the order." if met else "The findings came only after the order."


def _aggressor(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    orders = [one for one in (order, first) if one is not None]
    if any(one.primary_aggressor is False or _silent(one) for one in orders):
        return False, "The judge did not find that each acted as a primary aggressor."
    if any(one.primary_aggressor is None for one in orders):
        raise NotStated("whether the judge found that each was a primary aggressor")
    return True, "The judge found that each acted as a primary aggressor, not in self-defence."


def _silent(order: Order) -> bool:
    """No finding at all was made, so none about who was an aggressor."""
    return order.primary_aggressor is None and order.findings in ("none", "boxes")


CHECKS: dict[str, Check] = {
    "own-petition": _asked,
    "appearance": _appeared,
    "written-evidence": _evidence,
    "proof": _proved,
    "written-findings": _written,
    "findings-with-order": _in_time,
    "primary-aggressor": _aggressor,
}


def _wanting(m: Matter, order: Order) -> str:
    return m.name(order.protects[0]) if order.protects else "the other person"


def _due_process(m: Matter, order: Order, rules: OrderLaw) -> bool:
    if order.kind in ("ex-parte", "emergency"):
        value = rules.value("ex_parte_honoured", order.day)
        met = bool(m.settled(value, "hearing", "Does a temporary order count?", order))
        says = "A temporary order counts too, if notice and a hearing follow in time."
        m.because("hearing", says if met else "A temporary order does not count.", met=met, value=value, facts=[order])
        return met
    value = rules.value("honoured_requires", order.day)
    m.settled(value, "hearing", "What does an order need to be honoured?", order)
    if order.without_jurisdiction:
        m.because("jurisdiction", "The court had no power to make it.", met=False, value=value, facts=[order])
        return False
    if order.hearing_notice is None:
        raise NotStated("whether the restrained person had notice and a chance to be heard")
    name = m.name(order.binds)
    says = f"{name} had " + ("" if order.hearing_notice else "no ") + "notice and a chance to be heard."
    m.because("hearing", says, met=order.hearing_notice, value=value, facts=[order])
    return order.hearing_notice


def _own_half(m: Matter, order: Order, rules: OrderLaw) -> bool:
    """The half of a mutual order against the first petitioner needs a pleading and findings of its own."""
    first = [e for e in m.events("petition") if e.who == order.binds and e.whom in order.protects]
    if mirror(m, order) is None or not first:
        return True
    value = rules.value("honoured_mutual_requires", order.day)
    m.settled(value, "own half", "What does the second half of a mutual order need?", order)
    if _petition(m, order) is None:
        says = f"{_wanting(m, order)} filed no written request for this half of the order."
        m.because("written-pleading", says, met=False, value=value, facts=[order, first[0]])
        return False
    if order.findings is None:
        raise NotStated("what findings the judge made for each side")
    met = order.findings in ("oral", "written")
    says = "The court " + ("found" if met else "did not find") + " for each side that an order is due."
    m.because("findings-for-each", says, met=met, value=value, facts=[order])
    return met
