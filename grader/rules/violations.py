"""What breaks an order, and what follows."""

from collections.abc import Sequence

from grader.facts import Event, Fact, Order
from grader.findings import Finding
from grader.law import LawNotKnown, OrderLaw
from grader.rules.ending import federal, stands_on
from grader.rules.matter import Matter, NotStated, rule
from grader.rules.terms import permitted, touched

CONSENTS = ("invite", "agree")
BELIEFS = {
    "her-word": "the protected person’s word",
    "judge-word": "a judge’s word",
    "later-paper": "a later court paper",
    "own-reading": "a reading of the order of one’s own",
    "lawyer-word": "a lawyer’s word",
}
HOW = {
    "served": "was handed the order",
    "in-court": "was in court when the order was made",
    "by-officer": "was told the terms by an officer",
    "left-at-home": "had the order left at home",
    "told-informally": "heard of the order from somebody else",
    "mailed": "was sent the order by mail",
}


@rule("violations.breach", "act", "order")
def breach(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether an act breaks an order.

    Elements: the order binds the actor; it is in force that day; the actor has notice of it; a term
    covers the act; no written exception allows it; the act was no accident. The protected person’s
    wish is not among them, so an invitation is recorded as a reason and changes nothing.
    """
    return m.conclude("violation" if broken(m, act, order) else "no-violation")


@rule("violations.prohibited", "act", "order")
def prohibited(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether the terms of an order forbid an act, leaving notice and accident aside."""
    covered = _bound(m, act, order) and touched(m, order, act) and not permitted(m, order, act, m.local(order))
    return m.conclude("forbidden" if covered else "allowed")


@rule("violations.consequences", "act", "order")
def consequences(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide what a breach leads to: a crime of its own, contempt, revocation, detention."""
    if not broken(m, act, order):
        return m.conclude("no-violation")
    term = _term_of(m, act, order)
    value = m.local(order).value("breach_is", act.day, term)
    kinds = m.settled(value, "consequence", "What does a breach lead to?", order)
    m.because("consequence", _follows(m, kinds, order), value=value, facts=[order])
    return m.conclude(frozenset(kinds))


@rule("violations.arrest", "act", "order")
def arrest(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether police must, may or may not arrest without a warrant for a breach alone."""
    if not broken(m, act, order):
        return m.conclude("not-allowed")
    value = m.local(order).value("arrest", act.day)
    word: str = m.settled(value, "arrest", "May police arrest?", order)
    may = {"mandatory": "must", "permitted": "may", "not-allowed": "may not"}[word]
    m.because("arrest", f"Police {may} arrest for this breach without a warrant.", value=value, facts=[order])
    return m.conclude(word)


def broken(m: Matter, act: Event, order: Order) -> bool:
    """Whether an act breaks an order: the elements in turn, then what does not matter."""
    rules = m.local(order)
    return (
        _bound(m, act, order)
        and _enforced_here(m, act, order)
        and stands_on(m, order, act.day)
        and _has_notice(m, act, order, rules)
        and touched(m, order, act) is not None
        and not permitted(m, order, act, rules)
        and not _licensed(m, act, order, rules)
        and not _excused(m, act, order, rules)
        and _changes_nothing(m, act, order, rules)
    )


def _bound(m: Matter, act: Event, order: Order) -> bool:
    """The order binds the actor, or somebody acted at the bound person's direction."""
    bound, actor = m.name(order.binds), m.name(act.who)
    if act.who == order.binds:
        m.because("bound", f"The order binds {bound}.", met=True, facts=[order])
        return True
    if act.who in order.protects:
        value = m.local(order).value("binds_only_named", act.day)
        m.settled(value, "bound", "Whom does the order bind?", order)
        m.because("bound", f"The order binds {bound}, not {actor}.", met=False, value=value, facts=[order, act])
        return False
    if act.asked_by == order.binds:
        m.because("bound", f"{actor} acted because {bound} asked for it.", met=True, facts=[order, act])
        return True
    value = m.local(order).value("others_need_direction", act.day)
    m.settled(value, "bound", "Does another person’s act count?", act)
    says = f"{actor} acted unasked. What others do counts only if {bound} directed it or went along with it."
    m.because("bound", says, met=False, value=value, facts=[order, act])
    return False


def _enforced_here(m: Matter, act: Event, order: Order) -> bool:
    if order.made_in in (None, m.law.id):
        return True
    enforced = m.law.common().value("foreign_order_enforced", act.day)
    m.settled(enforced, "state line", "Is an order of another state enforced here?", order)
    m.because("state line", "An order of another state is enforced here.", met=True, value=enforced, facts=[order])
    registration = m.law.common().get("foreign_order_needs_registration", act.day)
    registration = registration or federal().value("foreign_order_needs_registration", act.day)
    if not registration.value:
        m.because("state line", "It need not be registered here first.", met=True, value=registration, facts=[order])
    return True


def _has_notice(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    how, day, bound = order.how_noticed, order.noticed, m.name(order.binds)
    if how is None:
        raise NotStated(f"whether {bound} knew of the order")
    value = rules.value("notice_by", act.day)
    enough = m.settled(value, "notice", "How must the restrained person learn of the order?", order)
    if how == "none" or (day is not None and day > act.day):
        m.because("notice", f"{bound} did not know of the order yet.", met=False, value=value, facts=[order])
        return False
    if how not in enough:
        raise LawNotKnown(f"whether it is enough that {bound} {HOW[how]}")
    m.because("notice", f"{bound} {HOW[how]}, and that is enough notice.", met=True, value=value, facts=[order])
    return True


def _licensed(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Somebody whom the written order empowers gave leave."""
    given = [e for e in m.events("permit") if e.day <= act.day and e.order in (None, order.id)]
    if not given:
        return False
    value = rules.value("changed_by", act.day)
    power = order.permission_by is not None and "probation-officer" in m.settled(
        value, "leave", "Who may allow contact?", order
    )
    says = "The written condition lets the probation officer allow contact, and the officer did."
    without = "No written term empowers the officer, so the officer’s leave changes nothing."
    m.because("leave", says if power else without, met=power, value=value, facts=[order, *given])
    return power


def _excused(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """The act was impossible to avoid, incidental, or an accident that was ended at once."""
    if order.without_jurisdiction:
        value = rules.value("no_jurisdiction_is_defence", act.day)
        if m.settled(value, "power", "Had the court the power?", order):
            m.because("power", "The court had no power to make the order.", met=False, value=value, facts=[order])
            return True
    if act.able is False:
        value = rules.value("inability_is_defence", act.day)
        if m.settled(value, "able", "Could the order be obeyed?", act):
            m.because("able", "It was impossible to obey.", met=False, value=value, facts=[act])
            return True
    if act.incidental:
        value = rules.value("incidental_contact_is_breach", act.day)
        if not m.settled(value, "incidental", "The contact came about by the way of something allowed.", act):
            m.because(
                "incidental",
                "The contact was only incidental to something allowed.",
                met=False,
                value=value,
                facts=[act],
            )
            return True
    return bool(act.accident) and _accident(m, act, order, rules)


def _accident(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    bound = m.name(order.binds)
    if act.left is None:
        raise NotStated(f"what {bound} did after the chance meeting")
    if act.left == "at-once":
        value = rules.value("accident_is_breach", act.day)
        excused = not m.settled(value, "accident", "Is a chance meeting a breach?", act)
        m.because(
            "accident", f"The meeting was chance, and {bound} left at once.", met=not excused, value=value, facts=[act]
        )
        return excused
    value = rules.value("must_leave", act.day)
    m.settled(value, "accident", "Must the restrained person leave?", act)
    m.because(
        "accident", f"The meeting was chance, but {bound} had to leave and stayed.", met=True, value=value, facts=[act]
    )
    return not value.value


def _changes_nothing(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """What people often think matters and does not. True unless the law makes one of them a defence."""
    consent = _consent(m, act, order)
    before = [e for e in m.events("say-from-bench") if e.day <= act.day and e.order in (None, order.id)]
    points: list[tuple[bool, str, str, Sequence[Fact]]] = [
        (bool(consent), "consent_is_defence", _wish(m, act, consent), consent),
        (
            bool(before),
            "spoken_change_counts",
            "What a judge says without writing it down does not change the order.",
            before,
        ),
        (bool(act.believes), "belief_is_defence", f"{_belief(act)} does not change what the order says.", [act]),
        (
            bool(order.wrongly_made),
            "wrong_order_is_defence",
            "An order must be obeyed until a court sets it aside.",
            [order],
        ),
    ]
    for applies, name, says, facts in points:
        if not applies:
            continue
        value = rules.value(name, act.day)
        if m.settled(value, name, says, *facts):
            m.because(name, "The law of this place lets that count.", met=False, value=value, facts=facts)
            return False
        m.because(name, says, met=True, value=value, facts=facts)
    return True


def _consent(m: Matter, act: Event, order: Order) -> list[Event]:
    """The events by which the protected person invited, agreed to or began the contact."""
    earlier = [e for e in m.events(*CONSENTS) if e.who in order.protects and e.day <= act.day and e is not act]
    begun = [m.scenario.event(act.answers)] if act.answers else []
    mine = [e for e in begun if e.who in order.protects]
    found = list(dict.fromkeys([*earlier, *mine]))
    return found or ([act] if act.started_by in order.protects else [])


def _wish(m: Matter, act: Event, consent: list[Event]) -> str:
    who = m.name(next((e.who for e in consent if e is not act), act.started_by))
    if act.answers or act.started_by:
        return f"{who} made the first move. Answering is still a breach."
    return f"{who} invited or agreed to the contact. That does not change the order."


def _belief(act: Event) -> str:
    return f"Relying on {BELIEFS[act.believes]}" if act.believes else ""


def _term_of(m: Matter, act: Event, order: Order) -> str:
    quiet = Matter(m.scenario, m.law, type(m.argument)(m.argument.rule, m.law.id))
    term = touched(quiet, order, act)
    if term is None:
        raise NotStated("which term of the order was broken")
    return term


def _follows(m: Matter, kinds: tuple[str, ...], order: Order) -> str:
    words = {
        "crime": "a crime of its own",
        "contempt": "contempt of court",
        "revocation": "revocation of release or probation",
        "detention": "detention",
        "case-restored": "the return of the case to the trial list",
    }
    return f"Breaking {m.the(order)} can mean {', '.join(words[kind] for kind in kinds)}."
