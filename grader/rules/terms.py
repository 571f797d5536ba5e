"""Which terms an order has on a day, which of them an act touches, and what the order allows."""

from grader.facts import Event, Fact, Order
from grader.law import OrderLaw
from grader.rules.matter import Matter, NotStated
from grader.words import CONTACT, HARM, PROXIMITY

NAMES = {
    "abuse": "abuse",
    "harass": "harassment",
    "contact": "any contact",
    "stay-away": "coming near",
    "vacate": "being at the home",
    "firearms": "having firearms",
    "locate": "trying to find the protected person",
    "support": "not paying support",
    "custody": "going against the custody order",
    "compensation": "not paying compensation",
}
ALLOWED = {
    "court-papers": "the delivery of court papers",
    "counsel": "contact through a lawyer",
    "child-exchange": "a brief, peaceful hand-over of a child",
    "child-call": "calls to a child",
    "child-message": "messages about the children",
    "peaceful-contact": "peaceful contact",
    "fetch-belongings": "one visit to fetch belongings",
    "incidental-public": "incidental contact in public",
}
ONE_TERM = {
    "hit": "abuse",
    "threaten": "abuse",
    "damage": "harass",
    "look-for": "locate",
    "possess-firearm": "firearms",
    "withhold-support": "support",
    "keep-child": "custody",
}
ELECTRONIC = {"text", "email", "message", "tag"}
HOME = ("home", "next-door")


def terms_on(m: Matter, order: Order, act: Event) -> frozenset[str]:
    """The terms in force when an act happens: as made, less what the court took away in writing."""
    dropped = {term for change in _changes(m, order, act) for term in change.drops}
    return frozenset(order.forbids) - dropped


def allowed_on(m: Matter, order: Order, act: Event) -> frozenset[str]:
    """The written exceptions in force when an act happens."""
    added = {permission for change in _changes(m, order, act) for permission in change.allows}
    return frozenset(order.allows) | added


def _changes(m: Matter, order: Order, act: Event) -> list[Event]:
    made = m.events("change-order")
    return [e for e in made if e.order == order.id and e.day <= act.day and e.written is not False]


def touched(m: Matter, order: Order, act: Event) -> str | None:
    """The term of the order that covers an act, or None; records why."""
    terms = terms_on(m, order, act)
    changes = _changes(m, order, act)
    term = _term(m, order, act, terms)
    listed = " and ".join(NAMES[t] for t in order.forbids if t in terms) or "nothing any more"
    if term is None:
        says = f"The order forbids {listed}. This is not that."
        m.because("term", says, met=False, facts=[order, *changes, act])
    elif term not in ("contact", "stay-away"):
        m.because("term", f"The order forbids {NAMES[term]}.", met=True, facts=[order, act])
    return term


def _term(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    if act.did in ONE_TERM:
        wanted = ONE_TERM[act.did]
        fallback = "abuse" if act.did in HARM else None
        return wanted if wanted in terms else fallback if fallback in terms else None
    if act.did in ("post", "film"):
        return _public(m, act) if "contact" in terms else None
    if "contact" in terms and act.did in CONTACT and act.present is not False:
        return _contact(m, order, act)
    if act.did in PROXIMITY and _near(m, order, act, terms):
        return "vacate" if "vacate" in terms and "stay-away" not in terms else "stay-away"
    if "harass" in terms and act.did in CONTACT and (act.purpose == "harass" or act.peaceful is False):
        return "harass"
    return None


def _contact(m: Matter, order: Order, act: Event) -> str:
    """A term against contact speaks for itself; where an authority says so too, it is cited."""
    rules = m.local(order)
    other = act.through or act.did == "ask-other-to-tell" or act.who != order.binds
    if other:
        name, says = "through_others", "A message sent through somebody else is contact."
    else:
        name = "electronic_is_contact" if act.did in ELECTRONIC else ""
        says = "The order forbids contact, and this is contact."
    value = rules.get(name, act.day)
    if value:
        m.settled(value, "term", says, order, act)
    m.because("term", says, met=True, value=value, facts=[order, act])
    return "contact"


def _public(m: Matter, act: Event) -> str | None:
    if act.did == "film":
        raise NotStated("whether filming is contact under this order")
    return "contact" if act.by == "social-media" else None


def _near(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> bool:
    """Whether an act comes where the order keeps the restrained person away from."""
    if not terms & {"stay-away", "vacate", "contact"}:
        return False
    if act.present is False and act.at in order.places:
        absent = m.local(order).value("stay_away_when_absent", act.day)
        says = "The order names this place, and it holds while the protected person is away."
        if m.settled(absent, "term", "Does the term hold while nobody is there?", order, act):
            m.because("term", says, met=True, value=absent, facts=[order, act])
            return True
        return False
    if "vacate" in terms and act.at == "home":
        m.because("term", "The order says to leave the home and remain away from it.", met=True, facts=[order, act])
        return True
    if "stay-away" in terms and act.at in order.places:
        m.because("term", "The order names this place as one to stay away from.", met=True, facts=[order, act])
        return True
    return _within(m, order, act, terms)


def _within(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> bool:
    if "stay-away" in terms and order.distance and act.distance is not None:
        inside = act.distance < order.distance
        says = f"The order keeps {m.name(order.binds)} {order.distance} yards away; this was {act.distance} yards."
        m.because("term", says, met=inside, facts=[order, act])
        return inside and _counts(m, order, act)
    personal = act.whom in order.protects or act.present
    if "stay-away" in terms and not order.distance and personal:
        m.because("term", "The order says to stay away from the protected person.", met=True, facts=[order, act])
        return _counts(m, order, act)
    return bool("contact" in terms and act.present and act.whom in order.protects) and _counts(m, order, act)


def _counts(m: Matter, order: Order, act: Event) -> bool:
    near = m.local(order).value("near_is_contact", act.day)
    yes = bool(m.settled(near, "term", "Is coming near enough without a word?", order, act))
    says = "Coming near breaks the term without a word being spoken." if yes else "Coming near alone is not a breach."
    m.because("term", says, met=yes, value=near, facts=[order, act])
    return yes


def permitted(m: Matter, order: Order, act: Event, rules: OrderLaw) -> bool:
    """Whether a written exception covers an act; records why, also where it goes beyond the exception."""
    wanted = _permission(act)
    if wanted is None:
        return False
    in_order = wanted in allowed_on(m, order, act)
    always = None if in_order else rules.get("always_allowed", act.day)
    by_form = bool(always and wanted in always.value)
    if not in_order and not by_form:
        return False
    facts: list[Fact | None] = [order, *_changes(m, order, act), act]
    if act.brief is False or (wanted != "court-papers" and act.peaceful is False):
        m.because(
            "exception",
            f"The order allows {ALLOWED[wanted]}, but this went beyond it.",
            met=False,
            value=always,
            facts=facts,
        )
        return False
    where = "The order in writing allows" if in_order else "Such an order by its printed form allows"
    m.because("exception", f"{where} {ALLOWED[wanted]}, and this is no more.", met=True, value=always, facts=facts)
    return True


def _permission(act: Event) -> str | None:
    if act.purpose in ("court-papers", "child-exchange", "child-call", "child-message", "fetch-belongings"):
        return (
            "court-papers"
            if act.purpose == "court-papers" and act.did != "serve-papers" and not act.through
            else act.purpose
        )
    if act.through == "counsel":
        return "counsel"
    if act.peaceful and act.purpose != "harass":
        return "peaceful-contact"
    return None
