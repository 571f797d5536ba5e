"""Who can lift or loosen an order, and whether the protected person answers for contact."""

from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import OrderLaw
from grader.rules.matter import Matter, NotStated, rule
from grader.rules.violations import broken

SAID = {
    "court-order": "the court, by a written order",
    "probation-officer": "the probation officer, if the written condition says so",
    "protected-person": "the protected person",
    "restrained-person": "the restrained person",
    "prosecutor": "the prosecutor",
    "agreement": "both people by agreement",
}
TOO_LITTLE = ("none", "unrelated", "time-and-compliance", "protected-activity")


@rule("waiver.who_may_change", "order")
def who_may_change(m: Matter, *, order: Order) -> Finding:
    """Decide whose act alone can lift or loosen an order before it runs out."""
    value = m.issuing(order).value("changed_by", order.day)
    able = set(m.settled(value, "who may change", "Who can lift or loosen the order?", order))
    if order.permission_by != "probation-officer":
        able.discard("probation-officer")
    who = " and ".join(SAID[word] for word in SAID if word in able)
    m.because("who may change", f"Only {who} can lift or loosen {m.the(order)}.", value=value, facts=[order])
    return m.conclude(frozenset(able))


@rule("waiver.may_end", "act", "order")
def may_end(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide what the court does with a request to end or loosen an order.

    Elements: the person may ask; the request has the form it needs; the other side has notice where
    that is needed; the showing meets the standard for that person.
    """
    rules = m.issuing(order)
    if not _form(m, act, order, rules):
        return m.conclude("needs-more")
    if act.who in order.protects:
        return m.conclude(_protected(m, act, order, rules))
    if act.who == order.binds:
        return m.conclude(_restrained(m, act, order, rules))
    raise NotStated("who asks the court")


@rule("waiver.protected_person_liable", "act", "order")
def protected_person_liable(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether the protected person breaks or answers for the order by making or inviting contact."""
    mirror = [o for o in m.scenario.orders if o.binds == act.who and order.binds in o.protects and o.day <= act.day]
    for other in mirror:
        m.because("own order", f"A second order binds {m.name(act.who)}.", met=True, facts=[other])
        return m.conclude("liable" if broken(m, act, other) else "not-liable")
    value = m.local(order).value("protected_person_liable", act.day)
    name = m.name(act.who)
    liable = m.settled(value, "liable", f"Does {name} answer for the contact?", order, act)
    says = f"The order binds {m.name(order.binds)}. {name} does not break it by calling, coming or inviting."
    m.because(
        "liable", f"{name} answers for it too." if liable else says, met=bool(liable), value=value, facts=[order, act]
    )
    return m.conclude("liable" if liable else "not-liable")


def _form(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    if act.did == "ask-aloud" or act.written is False:
        value = rules.value("motion_in_writing", act.day)
        if m.settled(value, "form", "Must the request be in writing?", act):
            m.because("form", "The request must be in writing.", met=False, value=value, facts=[act])
            return False
    if act.who == order.binds and act.served is False:
        value = rules.value("restrained_motion_needs_service", act.day)
        if m.settled(value, "notice", "Must the protected person be told?", act):
            m.because("notice", "The protected person must first be given notice.", met=False, value=value, facts=[act])
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
    says = (
        "The court should allow the request, whatever the reason."
        if word == "should-be-allowed"
        else "The court decides."
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
    if act.showing in TOO_LITTLE and word != "court-decides":
        return _too_little(m, act, rules)
    m.because(
        "standard",
        f"{name} shows a real change, so the court weighs the request.",
        met=True,
        value=standard,
        facts=[act],
    )
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
