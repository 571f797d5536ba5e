"""Whom an order binds, when a court may bind both, and which half is honoured elsewhere."""

from collections.abc import Callable

from grader.calendar import spoken
from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown, OrderLaw
from grader.rules.ending import stands_on
from grader.rules.matter import CRIMINAL, Matter, NotStated, Open, rule
from grader.rules.pairs import PETITIONS, answer, mirrors, petition, wanting
from grader.rules.proof import shown
from grader.rules.travel import honoured

ONE_WAY = ("own-petition", "written-evidence", "proof")
Check = Callable[[Matter, Order, Order | None], tuple[bool, str]]


@rule("mutual.who_is_bound", "order")
def who_is_bound(m: Matter, *, order: Order) -> Finding:
    """Decide who is bound: the person each order names, and nobody else."""
    value = m.local(order).value("binds_only_named", order.day)
    if not m.settled(value, "bound", "Whom does the order bind?", order):
        raise LawNotKnown("whom the order binds besides the person it names")
    pair = [order, *mirrors(m, order)]
    for one in pair:
        says = f"The order of {spoken(one.day)} binds {m.name(one.binds)} only."
        m.because("bound", says, met=True, value=value, facts=[one])
    return m.conclude(frozenset(one.binds for one in pair))


@rule("mutual.may_bind_both", "order")
def may_bind_both(m: Matter, *, order: Order) -> Finding:
    """Decide whether the court may make an order against the person who asked first.

    Elements: such a case can lead to an order against that person; if the two orders count as
    mutual, everything the law asks for each side is there; the ground of the request is shown. Agreement or
    fairness is no element.
    """
    rules = m.issuing(order)
    if not order.protects:
        raise NotStated("whom the order protects")
    if order.kind in CRIMINAL:
        return m.conclude("may" if _accused(m, order, rules) else "may-not")
    first = _standing_mirror(m, order)
    if first is None and not _asked_first(m, order):
        raise NotStated(f"that {m.name(order.binds)} has an order of {m.name(order.binds)}’s own or asked for one")
    if first is None or _mutual(m, first, order, rules):
        return m.conclude("may" if _all_there(m, order, first, rules) and shown(m, order) else "may-not")
    if petition(m, order) is None:
        raise NotStated(f"whether {wanting(m, order)} asked for this order")
    return m.conclude("may" if shown(m, order) else "may-not")


@rule("mutual.must_bind_both", "act", "order")
def must_bind_both(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether the court that grants one of two competing requests must also grant the other."""
    if act.did not in PETITIONS or act.who != order.binds or act.whom not in (None, *order.protects):
        raise NotStated(f"that {m.name(order.binds)} asked for an order too")
    value = m.issuing(order).value("both_requests_granted", order.day)
    must = bool(m.settled(value, "both requests", "Must the court grant both requests?", order, act))
    says = "must grant both requests" if must else "may weigh what each did and protect one of them only"
    m.because("both requests", f"The court {says}.", met=must, value=value, facts=[act, order])
    return m.conclude("must" if must else "need-not")


@rule("mutual.honoured_elsewhere", "order")
def honoured_elsewhere(m: Matter, *, order: Order) -> Finding:
    """Decide whether federal law makes other states honour an order."""
    return m.conclude("honoured" if honoured(m, order) else "not-honoured")


def _accused(m: Matter, order: Order, rules: OrderLaw) -> bool:
    """A criminal case binds the accused; whether ever anybody else, the law must say."""
    name, criminal = m.name(order.binds), [c for c in m.scenario.cases if c.kind == "criminal"]
    cases = [c for c in criminal if order.case in (None, c.id)]
    if any(c.against == order.binds for c in cases):
        m.because("case", f"{name} is accused in the case, so the court may bind {name}.", met=True, facts=[order])
        return True
    if not any(c.against in order.protects for c in cases):
        raise NotStated("who is accused in the criminal case")
    value = rules.value("may_bind_protected", order.day)
    yes = bool(m.settled(value, "case", "Can the case bind the protected person?", order))
    says = f"The court may also bind {name}." if yes else f"A criminal case binds the accused, not {name}."
    m.because("case", says, met=yes, value=value, facts=[order, *cases])
    return yes


def _asked_first(m: Matter, order: Order) -> bool:
    asked = [e for e in m.events("petition") if e.who == order.binds and e.whom in (None, *order.protects)]
    return any(e.day <= order.day for e in asked)


def _standing_mirror(m: Matter, order: Order) -> Order | None:
    """The order in the other direction that was made by then and had not ended."""
    for other in mirrors(m, order):
        if other.day <= order.day and not _over(m, other, order):
            return other
    return None


def _over(m: Matter, other: Order, order: Order) -> bool:
    try:
        return not stands_on(m.quiet(), other, order.day)
    except (LawNotKnown, NotStated, Open):
        return False


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
    for name in needed if first else [name for name in needed if name in ONE_WAY]:
        try:
            met, says = CHECKS[name](m, order, first)
        except NotStated as gap:
            gaps.append(gap)
            continue
        if not met and not _agreed_instead(m, order, rules, name):
            m.because(name, says, met=False, value=value.about(name), facts=[order, petition(m, order)])
            return False
        if met:
            m.because(name, says, met=True, value=value.about(name), facts=[order, petition(m, order)])
    if gaps:
        raise gaps[0]
    return True


def _agreed_instead(m: Matter, order: Order, rules: OrderLaw, name: str) -> bool:
    """Whether agreement stands in for what is missing: for proof or a finding, never for a request or presence."""
    said = order.agreed or any(e.who in (order.binds, *order.protects) for e in m.events("agree"))
    asks_or_comes = name in ("own-petition", "appearance")
    agreed = rules.get("mutual_by_agreement", order.day) if said else None
    if said and agreed is None and not asks_or_comes:
        raise LawNotKnown("whether agreement stands in for what the law asks for each side")
    if agreed is None or (asks_or_comes and agreed.value is not False):
        return False
    yes = bool(m.settled(agreed, "agreement", "Both agreed. Does that stand in for what the law asks?", order))
    says = f"Agreement {'stands' if yes else 'does not stand'} in for what the law asks."
    m.because("agreement", says, met=yes, value=agreed, facts=[order])
    return yes


def _asked(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    asked, who = petition(m, order), wanting(m, order)
    if asked is not None and asked.served is False:
        counts = m.issuing(order).value("unserved_request_counts", order.day)
        if not m.settled(counts, "own-petition", "Does a request count that the other side was never given?", asked):
            return False, f"{who}’s request was not given to the other side in time."
    return asked is not None, f"{who} filed {'a' if asked else 'no'} request of {who}’s own."


def _appeared(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    both = {order.binds, *order.protects}
    absent = [e.who for e in m.events("miss-hearing") if e.who in both and e.day == order.day]
    if absent:
        return False, f"{m.name(absent[0])} did not appear."
    if not both <= {e.who for e in m.events("appear") if e.day == order.day}:
        raise NotStated("whether both people came to the hearing")
    return True, "Both people came to the hearing."


def _evidence(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    """Evidence may come with an answer too; whether that is enough of a request is another element."""
    asked = petition(m, order) or answer(m, order)
    if asked is None:
        return False, f"{wanting(m, order)} gave no written evidence of abuse."
    if asked.evidence is None:
        raise NotStated("whether the request came with written evidence")
    says = f"{wanting(m, order)} gave " + ("" if asked.evidence else "no ") + "written evidence of abuse."
    return asked.evidence, says


def _proved(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    asked = petition(m, order) or answer(m, order)
    if asked is None:
        return False, f"{wanting(m, order)} asked for nothing and proved nothing."
    if asked.showing == "fear-of-enforcement" and not _fear_counts(m, asked, order):
        return False, f"{wanting(m, order)} did not prove a need for protection."
    if asked.proved is None:
        raise NotStated(f"whether {wanting(m, order)} proved the case")
    return asked.proved, f"{wanting(m, order)} {'proved' if asked.proved else 'did not prove'} a need for protection."


def _fear_counts(m: Matter, asked: Event, order: Order) -> bool:
    """Whether fear that the other will use an order is the abuse or harassment that must be proved."""
    value = m.issuing(order).value("enforcement_fear_is_abuse", order.day)
    yes = bool(m.settled(value, "fear", "Is fear of the other order a reason for one?", asked))
    says = f"Fear that the other will use an order is {'' if yes else 'no '}abuse by the other."
    m.because("fear", says, met=yes, value=value, facts=[asked])
    return yes


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


def _no_aggressor(m: Matter, order: Order, first: Order | None) -> tuple[bool, str]:
    """Where the judge could tell which of the two was the primary aggressor, only the other one is protected."""
    found = [one.primary_aggressor for one in (order, first) if one is not None]
    if None in found:
        raise NotStated("whether the judge could tell which of the two was the primary aggressor")
    could = len(set(found)) > 1
    return not could, f"The judge {'could' if could else 'could not'} tell who was the primary aggressor."


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
    "no-primary-aggressor": _no_aggressor,
}
