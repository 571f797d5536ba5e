"""What breaks an order, and what follows."""

from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown, Value
from grader.rules.defences import changes_nothing, excused, in_doubt, licensed
from grader.rules.exceptions import permitted
from grader.rules.matter import Matter, NotStated, federal, listed, rule
from grader.rules.notice import has_notice
from grader.rules.pairs import mirrors
from grader.rules.paper import in_force
from grader.rules.terms import touched
from grader.rules.travel import honoured

FOLLOWS = {
    "crime": "a crime of its own",
    "contempt": "contempt of court",
    "revocation": "revocation of release or probation",
    "detention": "detention",
    "case-restored": "the return of the case to the trial list",
}


@rule("violations.breach", "act", "order")
def breach(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether an act breaks an order.

    Elements: the order binds the actor; it is in force that day; the actor has notice of it; a term
    covers the act without doubt; no written exception allows it; the act was no accident, and was
    meant as a breach where the law asks for that. The protected person’s
    wish is not among them, so an invitation is recorded as a reason and changes nothing.
    """
    return m.conclude("violation" if broken(m, act, order) else "no-violation")


@rule("violations.prohibited", "act", "order")
def prohibited(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether the terms of an order forbid an act, leaving notice and accident aside."""
    term = touched(m, order, act) if _bound(m, act, order) else None
    covered = term is not None and not permitted(m, order, act, m.local(order), term)
    return m.conclude("forbidden" if covered else "allowed")


@rule("violations.consequences", "act", "order")
def consequences(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide what a breach leads to: a crime of its own, contempt, revocation, detention."""
    term = broken(m, act, order)
    if term is None:
        return m.conclude("no-violation")
    _happened_here(m, act)
    value = m.local(order).value("breach_is", act.day, term)
    kinds = m.settled(value, "consequence", "What does a breach lead to?", order)
    says = f"Breaking {m.the(order)} can mean {listed([FOLLOWS[kind] for kind in kinds], 'or')}."
    m.because("consequence", says, value=value, facts=[order])
    return m.conclude(frozenset(kinds))


@rule("violations.arrest", "act", "order")
def arrest(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether police must, may or may not arrest without a warrant for a breach alone.

    Where orders in opposite directions stand between the two people, the law may have another rule.
    """
    term = broken(m, act, order)
    if term is None:
        return m.conclude("not-allowed")
    _happened_here(m, act)
    mutual = m.local(order).get("arrest_if_mutual", act.day)
    both = [other for other in mirrors(m, order) if mutual and in_force(m.quiet(), other, act.day, act)]
    value = mutual if mutual and both else m.local(order).value("arrest", act.day, term)
    word: str = m.settled(value, "arrest", "May police arrest?", order, *both)
    may = {"mandatory": "must", "permitted": "may", "not-allowed": "may not"}[word]
    m.because("arrest", f"Police {may} arrest for this breach without a warrant.", value=value, facts=[order])
    return m.conclude(word)


@rule("violations.longest_jail", "act", "order")
def longest_jail(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide how long the jail term for a simple breach may be at most, as a length of time."""
    return _at_most(m, act, order, "longest_jail", "mean up to {most} in jail")


@rule("violations.highest_fine", "act", "order")
def highest_fine(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide how high the fine for a simple breach may be at most, in dollars."""
    return _at_most(m, act, order, "highest_fine", "cost up to {most}")


def _at_most(m: Matter, act: Event, order: Order, name: str, says: str) -> Finding:
    term = broken(m, act, order)
    if term is None:
        return m.conclude("no-violation")
    _happened_here(m, act)
    value = m.local(order).value(name, act.day, term)
    most = m.settled(value, "penalty", "What may a breach cost at most?", order)
    most = f"{most} dollars" if isinstance(most, int) else str(most)
    m.because("penalty", f"A simple breach can {says.format(most=most)}.", value=value, facts=[order])
    return m.conclude(most)


def broken(m: Matter, act: Event, order: Order) -> str | None:
    """The term of an order that an act breaks, or None: the elements in turn, then what does not matter."""
    rules = m.local(order)
    if not (_bound(m, act, order) and _binds_here(m, act, order) and in_force(m, order, act.day, act)):
        return None
    if not has_notice(m, act, order, rules) or in_doubt(m, act, order, rules):
        return None
    term = touched(m, order, act)
    if term is None or permitted(m, order, act, rules, term) or licensed(m, act, order, rules, term):
        return None
    if excused(m, act, order, rules, term) or not changes_nothing(m, act, order, rules):
        return None
    return term


def _bound(m: Matter, act: Event, order: Order) -> bool:
    """The order binds the actor, or somebody acted at the bound person’s direction."""
    if act.who is None:
        raise NotStated("who did this")
    bound, actor = m.name(order.binds), m.name(act.who)
    if act.who == order.binds:
        m.because("bound", f"The order binds {bound}.", met=True, facts=[order])
        return True
    if m.guards(order, act.who):
        value = m.local(order).value("binds_only_named", act.day)
        if not m.settled(value, "bound", "Whom does the order bind?", order):
            raise LawNotKnown("whom the order binds besides the person it names")
        m.because("bound", f"The order binds {bound}, not {actor}.", met=False, value=value, facts=[order, act])
        return False
    if _directed(m, act, order):
        m.because("bound", f"{actor} acted because {bound} asked for it.", met=True, facts=[order, act])
        return True
    value = m.local(order).value("others_need_direction", act.day)
    if not m.settled(value, "bound", "Does another person’s act count?", act):
        raise LawNotKnown(f"which acts of others count as {bound}’s")
    says = f"{actor} acted unasked. What others do counts only if {bound} directed it or went along with it."
    m.because("bound", says, met=False, value=value, facts=[order, act])
    return False


def _binds_here(m: Matter, act: Event, order: Order) -> bool:
    """The order is enforced where the act was done, and from where."""
    return _enforced_here(m, act, order) and _binds_in_jail(m, act, order)


def _binds_in_jail(m: Matter, act: Event, order: Order) -> bool:
    """Whether a condition of release binds somebody who has not been released; records why."""
    if order.kind != "release-condition" or act.at != "jail" or act.who != order.binds:
        return True
    value = m.local(order).value("binds_in_custody", act.day)
    binds = bool(m.settled(value, "custody", "Does a condition of release bind in jail?", order, act))
    if not binds and any(order.day <= e.day <= act.day for e in m.events("arrest", "commit") if e.who == order.binds):
        raise NotStated(f"whether {m.name(order.binds)} had been released before")
    says = f"The condition binds {m.name(order.binds)} {'in jail too' if binds else 'only once released'}."
    m.because("custody", says, met=binds, value=value, facts=[order, act])
    return binds


def _directed(m: Matter, act: Event, order: Order) -> bool:
    asked = [e for e in m.events("ask-other-to-tell") if e.who == order.binds and act.who in (e.through, e.whom)]
    return act.asked_by == order.binds or any(m.by_then(e, act.day, act) for e in asked)


def _happened_here(m: Matter, act: Event) -> None:
    if act.state not in (None, m.law.id):
        raise LawNotKnown(f"what follows {m.law.place} from an act done elsewhere")


def _enforced_here(m: Matter, act: Event, order: Order) -> bool:
    """Whether an order of another state is enforced where the question is asked; records why."""
    if order.made_in in (None, m.law.id):
        return True
    enforced = _here_or_federal(m, "foreign_order_enforced", act)
    if not m.settled(enforced, "state line", "Is an order of another state enforced here?", order):
        m.because("state line", "An order of another state is not enforced here.", met=False, value=enforced)
        return False
    if not honoured(m, order, act.day, strict=False):
        return False
    m.because("state line", "An order of another state is enforced here.", met=True, value=enforced, facts=[order])
    registration = _here_or_federal(m, "foreign_order_needs_registration", act)
    needed = bool(m.settled(registration, "state line", "Must the order be registered here first?", order))
    done = any(e.order in (None, order.id) and m.by_then(e, act.day, act) for e in m.events("register"))
    says = "It must be registered here first." if needed else "It need not be registered here first."
    m.because("state line", says, met=done or not needed, value=registration, facts=[order])
    return done or not needed


def _here_or_federal(m: Matter, name: str, act: Event) -> Value:
    return m.law.common().get(name, act.day) or federal().value(name, act.day)
