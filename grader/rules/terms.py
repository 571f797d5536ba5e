"""Which terms an order has when an act happens, and which of them the act touches."""

from grader.facts import Event, Fact, Order
from grader.law import LawNotKnown
from grader.rules.ill_will import ill_will
from grader.rules.matter import Matter, NotStated, listed
from grader.rules.nearness import near
from grader.words import CONTACT, FACE_TO_FACE, THERE

NAMES = {
    "abuse": "abuse",
    "harass": "harassment",
    "contact": "any contact",
    "stay-away": "coming near",
    "vacate": "being at the home",
    "posting": "posting about the protected person",
    "firearms": "having firearms",
    "locate": "trying to find the protected person",
    "support": "not paying support",
    "custody": "going against the custody order",
    "compensation": "not paying compensation",
}
ONE_TERM = {
    "hit": "abuse",
    "threaten": "abuse",
    "damage": "harass",
    "look-for": "locate",
    "post": "posting",
    "tag": "posting",
    "possess-firearm": "firearms",
    "withhold-support": "support",
    "withhold-compensation": "compensation",
    "keep-child": "custody",
}
ELECTRONIC = {"text", "email", "message", "tag"}
REACHING = (CONTACT | {"pass-on", "serve-papers", "hit", "threaten"}) - {"film"}


def terms_on(m: Matter, order: Order, act: Event) -> frozenset[str]:
    """The terms in force when an act happens: as made, less what the court took away in writing."""
    if not order.forbids:
        raise NotStated("what the order forbids")
    return frozenset(order.forbids) - {term for change in changes(m, order, act) for term in change.drops}


def changes(m: Matter, order: Order, act: Event) -> list[Event]:
    """The written changes of an order before an act."""
    made = m.events("change-order")
    return [e for e in made if m.about(e, order) and e.written is not False and m.by_then(e, act.day, act)]


def touched(m: Matter, order: Order, act: Event) -> str | None:
    """The term of the order that covers an act, or None; records why."""
    terms = terms_on(m, order, act)
    if not order.protects and order.protects_children_under is None and act.did in REACHING | THERE:
        raise NotStated("whom the order protects")
    term = _term(m, order, act, terms - set(order.unauthorised)) or _void(m, order, act, terms)
    if term is None:
        # that a court need not forbid all contact is what makes this order's silence count
        silent = act.did in REACHING and "contact" not in terms
        value = m.local(order).get("no_contact_automatic", act.day) if silent else None
        facts: list[Fact | None] = [order, *changes(m, order, act), act]
        if value or not _told(m):
            m.because("term", _why_not(m, order, act, terms), met=False, value=value, facts=facts)
    elif term not in (None, "contact", "stay-away", "vacate"):
        m.because("term", f"The order forbids {NAMES[term]}.", met=True, facts=[order, act])
    return term


def _told(m: Matter) -> bool:
    """Whether the last step already says why a term does not cover the act."""
    last = m.argument.steps[-1:]
    return bool(last) and last[0].element == "term" and last[0].met is False


def _void(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    """The term that no statute lets the court make, if an act goes against it and it must be obeyed all the same."""
    term = _term(m.quiet(), order, act, terms & set(order.unauthorised))
    if term is None:
        return None
    value = m.local(order).value("void_term_binds", act.day)
    binds = bool(m.settled(value, "term", "Does a term bind that no statute lets the court make?", order))
    must = "It must be obeyed all the same." if binds else "Nobody can break it."
    says = f"No statute lets the court forbid {NAMES[term]} here. {must}"
    m.because("term", says, met=binds, value=value, facts=[order, act])
    return term if binds else None


def _why_not(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str:
    named = [NAMES[term] for term in order.forbids if term in terms]
    if act.whom and "contact" in terms and act.did in REACHING and not m.guards(order, act.whom):
        return f"The order does not protect {m.name(act.whom)}, at whom this was aimed."
    return f"The order forbids {listed(named)}. This is not that." if named else "The order forbids nothing any more."


def _term(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    if ONE_TERM.get(act.did) in terms and not _elsewhere(m, order, act):
        return ONE_TERM[act.did]
    if "contact" in terms and _reaches(m, order, act) and not _only_there(m, order, act):
        return _contact(m, order, act)
    if act.did == "post" and "contact" in terms:
        return _public(m, order, act)
    if close := near(m, order, act, terms):
        return close
    if "contact" in terms and act.did == "film" and m.guards(order, act.whom) and _filmed(m, order, act):
        return "contact"
    return ill_will(m, order, act, terms) if act.did in REACHING | THERE else None


def _elsewhere(m: Matter, order: Order, act: Event) -> bool:
    """Whether force, a threat or a post was aimed at somebody whom the order does not protect."""
    return act.did in ("hit", "threaten", "post", "tag") and act.whom is not None and not m.guards(order, act.whom)


def _filmed(m: Matter, order: Order, act: Event) -> bool:
    value = m.local(order).value("filming_is_contact", act.day)
    yes = bool(m.settled(value, "term", "Is filming somebody contact?", order, act))
    says = "Filming the protected person is contact." if yes else "Nobody had to expect that filming counts as contact."
    m.because("term", says, met=yes, value=value, facts=[order, act])
    return yes


def _reaches(m: Matter, order: Order, act: Event) -> bool:
    """Whether an act is a way of reaching a person, and reached for somebody the order protects."""
    if act.did not in REACHING or (act.did in FACE_TO_FACE and act.present is False):
        return False
    if act.whom is None:
        raise NotStated("at whom the act was aimed")
    if act.did in ("ask-other-to-tell", "pass-on") and not m.guards(order, act.whom):
        raise NotStated("for whom the message was")
    return m.guards(order, act.whom)


def _only_there(m: Matter, order: Order, act: Event) -> bool:
    """Whether somebody merely stayed where the other was, in a place where that alone is no contact."""
    value = m.local(order).get("presence_is_contact", act.day) if act.did == "stay" else None
    return value is not None and value.value is False


def _contact(m: Matter, order: Order, act: Event) -> str:
    """A term against contact speaks for itself; where an authority says so too, it is cited."""
    rules = m.local(order)
    if act.through or act.did == "ask-other-to-tell" or act.who != order.binds:
        name, says = "through_others", "A message sent through somebody else is contact."
    else:
        name = "electronic_is_contact" if act.did in ELECTRONIC else ""
        says = "The order forbids contact, and this is contact."
    value = rules.get(name, act.day)
    if value and not m.settled(value, "term", "Is this contact?", order, act):
        raise LawNotKnown("what makes this contact")
    value = value or rules.get("one_act_is_enough", act.day) or rules.get("breach_is", act.day, "contact")
    m.because("term", says, met=True, value=value, facts=[order, act])
    return "contact"


def _public(m: Matter, order: Order, act: Event) -> str | None:
    """What is said in public is contact where it is aimed at the protected person and carried to that person."""
    if (act.by == "social-media" or act.through) and m.guards(order, act.whom):
        return _contact(m, order, act)
    aimed = act.reached and m.guards(order, act.whom)
    value = m.local(order).value("aimed_post_is_contact" if aimed else "post_reaches", act.day)
    if not m.settled(value, "term", "Is this contact?", order, act):
        return None
    m.because("term", "A post that is open to everybody is contact too.", met=True, value=value, facts=[order, act])
    return "contact"
