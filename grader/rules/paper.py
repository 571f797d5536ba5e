"""What an order says on its face, where the law under which it was made was not read."""

from datetime import date

from grader.calendar import spoken
from grader.facts import Event, Order
from grader.law import LawNotKnown
from grader.rules.defences import unheard
from grader.rules.ending import PENDING, stands_on
from grader.rules.lasting import SHORT
from grader.rules.matter import CRIMINAL, Matter, NotStated
from grader.rules.terms import NAMES, ONE_TERM
from grader.words import CONTACT, FACE_TO_FACE

TOUCHING = ("end-order", "change-order", "extend-order", "dismiss", "acquit")
OF_THE_CASE = ("convict", "sentence", "commit", "end-probation", "prosecutor-drops")
MOVES = ("permit", "say-from-bench", "change-order", "invite", "agree")
CERTAIN = CONTACT - {"film", "gift", "stay"}


def unread(m: Matter, order: Order) -> bool:
    """Whether no law was read for an order: its place is not on file, or this kind of order is not."""
    try:
        m.issuing(order)
    except LawNotKnown:
        return True
    return False


def in_force(m: Matter, order: Order, day: date, act: Event | None = None) -> bool:
    """Whether an order stands on a day. One whose law was not read stands by its paper if nobody touched it."""
    if not unread(m, order):
        return stands_on(m, order, day, act)
    if day < order.day:
        m.because("in force", f"On {spoken(day)} the order had not been made yet.", met=False, facts=[order])
        return False
    if any(e.order in (None, order.id) and order.day <= e.day <= day for e in m.events(*_touching(order))):
        raise LawNotKnown("what became of the order, made under a law that was not read")
    last = _last(order)
    met = last is None or day <= last
    runs = f"By its paper the order runs from {spoken(order.day)}"
    says = f"{runs} to {spoken(last)}." if last else f"{runs}, and the story tells of no end of it."
    m.because("in force", says, met=met, facts=[order])
    return met


def broken_on_paper(m: Matter, act: Event, order: Order) -> str | None:
    """The term that an act breaks by the words of the paper alone.

    LawNotKnown where more than its words would decide: somebody else acted, notice was not handed over, the
    paper makes exceptions, the other side made a move, or there is an excuse.
    """
    if act.who is None:
        raise NotStated("who did this")
    if not in_force(m, order, act.day):
        return None
    told = order.how_noticed in ("served", "in-court") and order.noticed is not None and order.noticed <= act.day
    term = _plain(m, act, order) if told and act.who == order.binds else None
    if term is None or order.allows or m.events(*MOVES) or _excuse(act, order):
        raise LawNotKnown("whether this breaks an order of a place whose law was not read so far")
    says = f"{m.name(order.binds)} knew the order, and in its own words it forbids {NAMES[term]}."
    m.because("term", says, met=True, facts=[order, act])
    return term


def _touching(order: Order) -> tuple[str, ...]:
    short = ("miss-hearing", "no-hearing") if order.kind in SHORT else ()
    return TOUCHING + short + (OF_THE_CASE if order.kind in CRIMINAL else ())


def _last(order: Order) -> date | None:
    """The last day on the paper; None if it runs until further order, or with a criminal case that is pending."""
    if order.ends or order.face == "until-further-order" or (order.kind in PENDING and order.face is None):
        return order.ends
    if order.kind in SHORT and order.hearing:
        return order.hearing
    raise LawNotKnown("how long an order runs that was made under a law that was not read")


def _excuse(act: Event, order: Order) -> bool:
    begun = act.started_by not in (None, order.binds) or act.answers or act.believes
    void = order.without_jurisdiction or unheard(order)
    return bool(begun or act.accident or act.incidental or act.trivial or act.able is False or void)


def _plain(m: Matter, act: Event, order: Order) -> str | None:
    """The term whose plain words cover an act: about money or children, or to protect whom it was aimed at."""
    own = ONE_TERM.get(act.did)
    if own in ("support", "custody", "compensation") and own in order.forbids:
        return own
    if not m.guards(order, act.whom):
        return None
    if own == "abuse" and own in order.forbids:
        return own
    absent = act.did in FACE_TO_FACE and act.present is not True
    if "contact" in order.forbids and act.did in CERTAIN and not absent:
        return "contact"
    near = act.did in FACE_TO_FACE or act.at in order.places
    return "stay-away" if "stay-away" in order.forbids and near and act.present else None
