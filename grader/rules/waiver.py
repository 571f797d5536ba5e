"""Who can lift or loosen an order, and whether the protected person answers for contact."""

from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown, OrderLaw
from grader.rules.matter import Matter, NotStated, cap, rule
from grader.rules.violations import broken
from grader.words import CONTACT, HARM

SAID = {
    "court-order": "a written order of the court",
    "probation-officer": "the probation officer, if the written condition says so",
    "protected-person": "the protected person",
    "restrained-person": "the restrained person",
    "prosecutor": "the prosecutor",
    "agreement": "both people by agreement",
}
BURDENS = {
    "preponderance": "the greater weight of the evidence",
    "clear-and-convincing": "clear and convincing evidence",
}
FRIENDLY = CONTACT | {"invite", "agree"}
REQUESTS = ("move-to-end", "move-to-change", "ask-aloud")


@rule("waiver.who_may_change", "order")
def who_may_change(m: Matter, *, order: Order) -> Finding:
    """Decide whose act alone can lift or loosen an order before it runs out."""
    value = m.issuing(order).value("changed_by", order.day)
    able = set(m.settled(value, "who may change", "Who can lift or loosen the order?", order))
    if order.permission_by is None:
        able.discard("probation-officer")
    elif "probation-officer" not in able:
        raise LawNotKnown("whether the court may leave it to an officer to allow contact")
    who = "; or by ".join(SAID[word] for word in SAID if word in able)
    says = f"{cap(m.the(order))} can be lifted or loosened only by {who}."
    m.because("who may change", says, value=value, facts=[order])
    return m.conclude(frozenset(able))


@rule("waiver.may_end", "act", "order")
def may_end(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide what the court does with a request to end or loosen an order.

    Elements: the person may ask; the request has the form it needs; the other side has notice where
    that is needed; the showing meets the standard for that person.
    """
    rules = m.issuing(order)
    if act.did not in REQUESTS:
        raise NotStated("what anybody asks of the court")
    if not _form(m, act, order, rules):
        return m.conclude("needs-more")
    if m.guards(order, act.who):
        return m.conclude(_protected(m, act, order, rules))
    if act.who == order.binds:
        return m.conclude(_restrained(m, act, order, rules))
    raise NotStated("who asks the court")


@rule("waiver.burden_to_end", "order")
def burden_to_end(m: Matter, *, order: Order) -> Finding:
    """Decide how strongly the restrained person must prove what it takes to end an order early."""
    value = m.issuing(order).value("ending_burden", order.day)
    word: str = m.settled(value, "burden", "How strongly must it be proved?", order)
    m.because("burden", f"{m.name(order.binds)} must prove it by {BURDENS[word]}.", value=value, facts=[order])
    return m.conclude(word)


@rule("waiver.protected_person_liable", "act", "order")
def protected_person_liable(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether the protected person breaks or answers for the order by making or inviting contact."""
    if not m.guards(order, act.who):
        raise NotStated("what the protected person did")
    mirrors = [o for o in m.scenario.orders if o.binds == act.who and order.binds in o.protects and o.day <= act.day]
    for other in mirrors:
        m.because("own order", f"A second order binds {m.name(act.who)}.", met=True, facts=[other])
        if broken(m, act, other):
            return m.conclude("liable")
    if mirrors:
        return m.conclude("not-liable")
    value = m.local(order).value("protected_person_liable", act.day)
    liable = m.settled(value, "liable", f"Does {m.name(act.who)} answer for the contact?", order, act)
    m.because("liable", _answers(m, act, order, bool(liable)), met=bool(liable), value=value, facts=[order, act])
    return m.conclude("liable" if liable else "not-liable")


@rule("waiver.bars_order", "act", "order")
def bars_order(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether friendly contact by the protected person bars the court from making or keeping an order."""
    if not m.guards(order, act.who) or act.did not in FRIENDLY:
        raise NotStated("what friendly contact the protected person sought")
    value = m.issuing(order).value("reconciliation_bars_order", act.day)
    bars = bool(m.settled(value, "friendly contact", "Does friendly contact bar an order?", order, act))
    says = "bars an order." if bars else "bars no order. The court weighs it with the rest."
    m.because(
        "friendly contact", f"That {m.name(act.who)} sought friendly contact {says}", met=bars, value=value, facts=[act]
    )
    return m.conclude("bars" if bars else "does-not-bar")


def _answers(m: Matter, act: Event, order: Order, liable: bool) -> str:
    name = m.name(act.who)
    if liable:
        return f"{name} answers for it too."
    if act.did in HARM:
        return f"The order binds {m.name(order.binds)}, not {name}. What {name} did may be a crime of its own."
    return f"The order binds {m.name(order.binds)}. {name} does not break it by calling, coming or inviting."


def _form(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    if act.did == "ask-aloud" or act.written is False:
        value = rules.value("motion_in_writing", act.day)
        if m.settled(value, "form", "Must the request be in writing?", act):
            m.because("form", "The request must be in writing.", met=False, value=value, facts=[act])
            return False
    side, other = ("restrained", "protected") if act.who == order.binds else ("protected", "restrained")
    if act.served is False:
        value = rules.value(f"{side}_motion_needs_service", act.day)
        if m.settled(value, "notice", f"Must the {other} person be told?", act):
            m.because("notice", f"The {other} person must first be given notice.", met=False, value=value, facts=[act])
            return False
    return True


def _protected(m: Matter, act: Event, order: Order, rules: OrderLaw) -> str:
    name, party = m.name(act.who), rules.value("protected_person_may_move", act.day)
    if not m.settled(party, "who asks", "May the protected person ask?", act):
        says = f"{name} is no party and can only be heard. The court decides."
        m.because("who asks", says, met=False, value=party, facts=[act, order])
        return "court-decides"
    m.because("who asks", f"{name} may ask the court.", met=True, value=party, facts=[act])
    value = rules.value("ending_at_protected_request", act.day)
    word: str = m.settled(value, "standard", "What does the court do with the request?", act)
    allowed = word == "should-be-allowed"
    says = (
        f"{name}’s wish is enough, whatever the reason." if allowed else f"{name}’s wish alone does not bind the court."
    )
    m.because("standard", says, value=value, facts=[act])
    return word


def _restrained(m: Matter, act: Event, order: Order, rules: OrderLaw) -> str:
    name, party = m.name(act.who), rules.value("restrained_person_may_move", act.day)
    m.settled(party, "who asks", "May the restrained person ask?", act)
    m.because("who asks", f"{name} may ask the court.", met=bool(party.value), value=party, facts=[act])
    if not party.value:
        return "needs-more"
    if act.showing is None:
        raise NotStated(f"what {name} can show")
    standard = rules.value("ending_at_restrained_request", act.day)
    word = m.settled(standard, "standard", "What must be shown?", act)
    if word == "court-decides":
        m.because("standard", "The court weighs what it hears and decides.", value=standard, facts=[act])
        return "court-decides"
    just = act.showing == "justice" and word == "material-change-or-justice"
    if not just and act.showing != "changed-circumstances":
        return _too_little(m, act, rules)
    what = "that justice calls for it" if just else "a real change"
    says = f"{name} shows {what}, so the court weighs the request."
    m.because("standard", says, met=True, value=standard, facts=[act])
    return "court-decides"


def _too_little(m: Matter, act: Event, rules: OrderLaw) -> str:
    if act.showing == "time-and-compliance":
        value = rules.value("time_and_compliance_suffice", act.day)
        if m.settled(value, "showing", "Are time and obedience enough?", act):
            m.because("showing", "Time and obedience can be enough.", met=True, value=value, facts=[act])
            return "court-decides"
        says = "Time passed and the order was obeyed. That alone is not enough."
        m.because("showing", says, met=False, value=value, facts=[act])
        return "needs-more"
    value = rules.value("ending_at_restrained_request", act.day)
    m.because("showing", "A significant change must be shown, and none is.", met=False, value=value, facts=[act])
    return "needs-more"
