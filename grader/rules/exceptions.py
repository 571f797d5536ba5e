"""What an order allows in writing, and whether an act stays within it."""

from collections.abc import Sequence

from grader.facts import Event, Fact, Order
from grader.law import OrderLaw
from grader.rules.matter import Matter, NotStated
from grader.rules.terms import changes
from grader.words import FACE_TO_FACE

ALLOWED = {
    "court-papers": "the delivery of court papers",
    "counsel": "contact through a lawyer",
    "child-exchange": "a brief, peaceful hand-over of a child",
    "child-call": "calls to a child",
    "child-message": "messages about the children",
    "peaceful-contact": "peaceful contact",
    "fetch-belongings": "one visit to fetch belongings",
    "incidental-public": "chance contact in public places",
}
NEVER_ALLOWED = ("hit", "threaten", "damage")


def allowed_on(m: Matter, order: Order, act: Event) -> frozenset[str]:
    """The written exceptions in force when an act happens."""
    return frozenset(order.allows) | {word for change in changes(m, order, act) for word in change.allows}


def permitted(m: Matter, order: Order, act: Event, rules: OrderLaw, term: str) -> bool:
    """Whether a written exception to a term covers an act; records why, also where it goes beyond the exception.

    An exception opens a term against contact or coming near. It never allows force, threats or harassment.
    """
    if term not in ("contact", "stay-away", "vacate") or act.did in NEVER_ALLOWED:
        return False
    written = allowed_on(m, order, act)
    always = rules.get("always_allowed", act.day)
    printed = frozenset(always.value) if always and not always.open else frozenset()
    claims = [word for word in _claims(m, act, written) if word in written | printed]
    within = [word for word in claims if not _beyond(m, order, act, word)]
    facts: Sequence[Fact | None] = [order, *changes(m, order, act), act]
    for word in (within or claims)[:1]:
        value = None if word in written else always
        where = "The order in writing allows" if word in written else "Such an order by its printed form allows"
        more = "and this is no more" if within else "but this went beyond it"
        m.because("exception", f"{where} {ALLOWED[word]}, {more}.", met=bool(within), value=value, facts=facts)
    return bool(within)


def _claims(m: Matter, act: Event, written: frozenset[str]) -> list[str]:
    """The exceptions that an act may claim, the closest first."""
    claims: list[str] = [act.purpose] if act.purpose in ALLOWED else []
    if "counsel" in (act.through, act.who):
        claims.append("counsel")
    if act.at == "public" and (act.incidental or act.accident):
        claims.append("incidental-public")
    if "peaceful-contact" in written and act.purpose != "harass":
        if act.peaceful is None:
            raise NotStated("whether the contact was peaceful")
        claims.append("peaceful-contact")
    return claims


def _beyond(m: Matter, order: Order, act: Event, word: str) -> bool:
    if word == "court-papers":
        by_hand = act.who == order.binds and (act.did in FACE_TO_FACE or act.by == "in-person")
        return by_hand or act.brief is False
    if word == "peaceful-contact":
        return act.peaceful is False
    return act.brief is False or act.peaceful is False
