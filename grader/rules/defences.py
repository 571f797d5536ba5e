"""What lets a person off who did what an order forbids, and what people wrongly think does."""

from collections.abc import Sequence

from grader.facts import Event, Fact, Order
from grader.law import LawNotKnown, OrderLaw
from grader.rules.matter import Matter, NotStated

CONSENTS = ("invite", "agree")
ENCOUNTERS = ("contact", "stay-away", "vacate")
NO_POWER = "The court had no power to make the order."
ERRANDS = ("child-exchange", "child-call", "child-message", "fetch-belongings")
SLIGHT = "This broke the order in form only. It was too slight to be punished."
DOUBT = "The words of the order leave open whether they forbid this, so there was no fair warning."
ASKED = {
    "consent_is_defence": "Does the wish of the protected person excuse the contact?",
    "spoken_change_counts": "Do a judge’s spoken words change the order?",
    "belief_is_defence": "Does a mistaken belief excuse the act?",
    "intent_to_break_needed": "Must somebody mean to break the order?",
    "wrong_order_is_defence": "May an order be disobeyed that should not have been made?",
}
BELIEFS = {
    "her-word": "the protected person’s word",
    "judge-word": "a judge’s word",
    "later-paper": "a later court paper",
    "own-reading": "a reading of the order of one’s own",
    "lawyer-word": "a lawyer’s word",
}


def licensed(m: Matter, act: Event, order: Order, rules: OrderLaw, term: str) -> bool:
    """Whether somebody whom the written order empowers gave leave for the contact."""
    given = [e for e in m.events("permit") if e.order in (None, order.id) and m.by_then(e, act.day, act)]
    if not given or term not in ENCOUNTERS:
        return False
    value = rules.value("changed_by", act.day)
    able = m.settled(value, "leave", "Who may allow contact?", order)
    if order.permission_by is None:
        says = "No written term lets the officer allow contact, so the officer’s leave changes nothing."
        m.because("leave", says, met=False, value=value, facts=[order, *given])
        return False
    if "probation-officer" not in able:
        raise LawNotKnown("whether the court may leave it to an officer to allow contact")
    says = "The written condition lets the officer allow contact, and the officer did."
    m.because("leave", says, met=True, value=value, facts=[order, *given])
    return True


def excused(m: Matter, act: Event, order: Order, rules: OrderLaw, term: str) -> bool:
    """Whether the order was void, or the act unavoidable, trivial, incidental, or a chance meeting ended at once.

    Where a breach needs the intent to break the order, an act without that intent is excused too.
    """
    unmeant = f"{m.name(act.who)} did not mean to break the order."
    grounds: list[tuple[bool, str, str, str, Fact]] = [
        (bool(order.without_jurisdiction) or unheard(order), "no_jurisdiction_is_defence", "power", NO_POWER, order),
        (act.able is False, "inability_is_defence", "able", "It was impossible to obey.", act),
        (act.intended is False, "intent_to_break_needed", "intent", unmeant, act),
    ]
    if any(_lets_off(m, act, rules, *ground[1:]) for ground in grounds if ground[0]):
        return True
    if term not in ENCOUNTERS or act.did in ("hit", "threaten", "damage"):
        return False
    if _slight(m, act, rules):
        return True
    return (bool(act.incidental) and _incidental(m, act, rules)) or (bool(act.accident) and _accident(m, act, order))


def _slight(m: Matter, act: Event, rules: OrderLaw) -> bool:
    """Whether a breach was technical only. Where that counts, a peaceful errand leaves the question open."""
    if act.trivial:
        return _lets_off(m, act, rules, "trivial_is_defence", "trivial", SLIGHT, act)
    if act.trivial is None and act.purpose in ERRANDS and act.peaceful is not False:
        counts = rules.get("trivial_is_defence", act.day)
        if counts and counts.value is True:
            raise NotStated("whether this was more than a slight and technical breach")
    return False


def unheard(order: Order) -> bool:
    """A civil order meant to last, made without notice of a hearing: the court had no power over the person."""
    return order.kind == "final" and order.hearing_notice is False


def in_doubt(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether the words of the order leave open whether they forbid an act, and the law gives the doubt its weight."""
    return bool(act.unclear) and _lets_off(m, act, rules, "doubt_is_defence", "fair warning", DOUBT, act)


def _lets_off(m: Matter, act: Event, rules: OrderLaw, name: str, element: str, says: str, fact: Fact) -> bool:
    value = rules.value(name, act.day)
    yes = bool(m.settled(value, element, says, fact))
    if yes:
        m.because(element, says, met=False, value=value, facts=[fact])
    return yes


def _incidental(m: Matter, act: Event, rules: OrderLaw) -> bool:
    value = rules.value("incidental_contact_is_breach", act.day)
    breach = m.settled(value, "incidental", "The contact came about by the way of something allowed.", act)
    says = "The contact was only incidental to something allowed."
    m.because("incidental", says, met=bool(breach), value=value, facts=[act])
    return not breach


def _accident(m: Matter, act: Event, order: Order) -> bool:
    bound, rules = m.name(order.binds), m.local(order)
    if act.left is None:
        raise NotStated(f"what {bound} did after the chance meeting")
    if act.left in ("at-once", "unaware"):
        value = rules.value("accident_is_breach", act.day)
        excuse = not m.settled(value, "accident", "Is a chance meeting a breach?", act)
        then = "left at once" if act.left == "at-once" else "never knew who or what was there"
        says = f"The meeting was chance, and {bound} {then}."
        m.because("accident", says, met=not excuse, value=value, facts=[act])
        return excuse
    value = rules.value("must_leave", act.day)
    must = bool(m.settled(value, "accident", "Must the restrained person leave?", act))
    had = f"{bound} had to leave and stayed" if must else f"{bound} did not have to leave"
    m.because("accident", f"The meeting was chance, but {had}.", met=must, value=value, facts=[act])
    return not must


def changes_nothing(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """What people often think matters and does not. True unless the law makes one of them a defence."""
    consent, spoken = _consent(m, act, order), _spoken(m, act, order)
    bench = "What a judge says without writing it down does not change the order."
    obey = "An order must be obeyed until a court sets it aside."
    belief = f"Relying on {BELIEFS[act.believes]} does not change what the order says." if act.believes else ""
    points: list[tuple[bool, str, str, Sequence[Fact]]] = [
        (bool(consent), "consent_is_defence", _wish(m, act, consent), consent),
        (bool(spoken), "spoken_change_counts", bench, spoken),
        (bool(act.believes), "belief_is_defence", belief, [act]),
        (act.intended is False, "intent_to_break_needed", "An order can be broken without meaning to break it.", [act]),
        (bool(order.wrongly_made), "wrong_order_is_defence", obey, [order]),
    ]
    return all(_no_defence(m, act, rules, *point[1:]) for point in points if point[0])


def _no_defence(m: Matter, act: Event, rules: OrderLaw, name: str, says: str, facts: Sequence[Fact]) -> bool:
    value = rules.value(name, act.day)
    if m.settled(value, name, ASKED[name], *facts):
        m.because(name, f"{ASKED[name]} The law of this place says yes.", met=False, value=value, facts=facts)
        return False
    m.because(name, says, met=True, value=value, facts=facts, aside=True)
    return True


def _spoken(m: Matter, act: Event, order: Order) -> list[Event]:
    said = [e for e in m.events("say-from-bench", "change-order") if e.did == "say-from-bench" or e.written is False]
    return [e for e in said if e.order in (None, order.id) and e.day >= order.day and m.by_then(e, act.day, act)]


def _consent(m: Matter, act: Event, order: Order) -> list[Event]:
    """The events by which the protected person invited, agreed to or began the contact while the order stood."""
    asked = [e for e in m.events(*CONSENTS) if e.who in order.protects and e is not act]
    earlier = [e for e in asked if order.day <= e.day and m.by_then(e, act.day, act)]
    begun = [m.scenario.event(act.answers)] if act.answers else []
    found = list(dict.fromkeys([*earlier, *(e for e in begun if e.who in order.protects)]))
    return found or ([act] if act.started_by in order.protects else [])


def _wish(m: Matter, act: Event, consent: list[Event]) -> str:
    first = next((e for e in consent if e is not act), None)
    who = m.name(first.who if first else act.started_by)
    if act.answers or act.started_by:
        return f"{who} made the first move. Answering is still a breach."
    did = "agreed to" if first and first.did == "agree" else "invited"
    return f"{who} {did} the contact. That does not change the order."
