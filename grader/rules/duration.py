"""How long an order lasts, what ends it and what renews it."""

from datetime import date

from grader.calendar import add, spoken
from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown, Length, OrderLaw
from grader.rules.ending import ended_on, ends, stands_on
from grader.rules.lasting import SHORT, renews, runs_out
from grader.rules.matter import Matter, NotStated, cap, rule

NO_FIXED_DAY = "no-fixed-day"


@rule("duration.last_day", "order")
def last_day(m: Matter, *, order: Order) -> Finding:
    """Decide on which day an order runs out, or, if the paper shows none, the latest day it may run to."""
    day = ended_on(m, order) or runs_out(m, order)
    return m.conclude(day or NO_FIXED_DAY)


@rule("duration.in_force", "order", "day")
def in_force(m: Matter, *, order: Order, day: date) -> Finding:
    """Decide whether an order is in force on a day.

    Elements: made by then; not ended by an event that ends such an order; not run out.
    """
    return m.conclude("in-force" if stands_on(m, order, day) else "not-in-force")


@rule("duration.what_ends_it", "act", "order")
def what_ends_it(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether an event ends an order or leaves it standing."""
    if act.day < order.day:
        raise NotStated("how something that came before the order could end it")
    return m.conclude("ended" if ends(m, act, order) else "stands")


@rule("duration.may_renew", "act", "order")
def may_renew(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide what the court may do with a request to renew or extend an order.

    Elements: such an order can be renewed; it has not lapsed; the request is not too early; the
    showing meets the standard, which may differ for a second renewal and for an unopposed request.
    """
    rules = m.issuing(order)
    renewable = rules.value("renewable", act.day)
    if not m.settled(renewable, "renewable", f"Can {m.the(order)} be renewed?", order):
        m.because("renewable", f"{cap(m.the(order))} cannot be renewed.", met=False, value=renewable, facts=[order])
        return m.conclude("may-not-renew")
    if not _asked_in_time(m, act, order, rules):
        return m.conclude("may-not-renew")
    return m.conclude(_showing(m, act, order, rules))


def _asked_in_time(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    if _ended_before(m, act, order):
        return False
    last = runs_out(m, order, act.day, act)
    if last is None:
        m.because("in time", "The order has no fixed end, so there is nothing to renew yet.", met=False, facts=[order])
        return False
    if act.day > last:
        lapsed = rules.value("lapsed_can_be_renewed", act.day)
        late = m.settled(lapsed, "in time", f"The order ran out on {spoken(last)}.", act, order)
        says = f"The order ran out on {spoken(last)}; the request came on {spoken(act.day)}."
        m.because("in time", says, met=bool(late), value=lapsed, facts=[act, order])
        return bool(late)
    window = rules.get("renewal_window", act.day)
    if window:
        length: Length = m.settled(window, "in time", "When may the request be made?", act)
        opens = add(last, -length.n, length.unit)
        early = act.day < opens
        says = f"The request may be made from {spoken(opens)}, {length} before the end."
        m.because("in time", says, met=not early, value=window, facts=[act])
        return not early
    m.because("in time", "The request came before the order ran out.", met=True, facts=[act])
    return True


def _ended_before(m: Matter, act: Event, order: Order) -> bool:
    """Whether the court ended the order before the request: there is nothing left to renew."""
    for event in m.events("end-order"):
        if m.about(event, order) and event.day >= order.day and m.by_then(event, act.day, act):
            return ends(m, event, order)
    return False


def _showing(m: Matter, act: Event, order: Order, rules: OrderLaw) -> str:
    if act.who == order.binds:
        raise LawNotKnown("what holds when the restrained person asks for a renewal")
    if act.showing is None:
        raise NotStated("what the protected person can show")
    if act.showing == "new-abuse":
        m.because("showing", "There is new abuse or harassment.", met=True, facts=[act])
        return "may-renew"
    agreed = _agreed_without_findings(m, act, order, rules)
    if agreed:
        return agreed
    earlier = [e for e in m.events("extend-order") if m.about(e, order) and m.by_then(e, act.day, act)]
    again = order.kind not in SHORT and (earlier or renews(m, order))
    name = "second_renewal_needs_new_abuse" if again else "renewal_needs_new_abuse"
    new = rules.value(name, act.day)
    if m.settled(new, "new abuse", "Is new abuse needed?", act, *earlier):
        if act.showing == "breaches":
            raise LawNotKnown("whether breaches of the order are new abuse or harassment")
        nth = "A second renewal" if name.startswith("second") else "A renewal"
        says = f"{nth} needs new abuse or harassment, and none is shown."
        m.because("new abuse", says, met=False, value=new, facts=[act, *earlier])
        return "may-not-renew"
    m.because("new abuse", "New abuse is not needed.", met=True, value=new, facts=[act])
    return _by_standard(m, act, rules)


def _agreed_without_findings(m: Matter, act: Event, order: Order, rules: OrderLaw) -> str | None:
    """What an order that rests on agreement alone needs for its renewal, where that is proof of its ground."""
    if not order.agreed or order.findings not in (None, "none") or act.contested is False:
        return None
    value = rules.get("agreed_renewal_needs_proof", act.day)
    if value is None or not m.settled(value, "proof", "Both agreed to the order.", order, act):
        return None
    if order.findings is None:
        raise NotStated("whether the judge found anything when both agreed to the order")
    if act.contested is None:
        raise NotStated("whether the other side opposes the request")
    if act.proved is None:
        raise NotStated("whether the ground of the order is proved now")
    how = "it is proved now" if act.proved else "it is still not proved"
    says = f"Both agreed to the order and no ground was found. Against opposition it must be proved, and {how}."
    m.because("proof", says, met=act.proved, value=value, facts=[order, act])
    return "may-renew" if act.proved else "may-not-renew"


def _by_standard(m: Matter, act: Event, rules: OrderLaw) -> str:
    if act.contested is False and _unopposed(m, act, rules):
        return "may-renew"
    standard = rules.value("renewal_standard", act.day)
    word = m.settled(standard, "showing", "What must be shown?", act)
    if word == "court-decides":
        m.because("showing", "The court weighs all of it.", value=standard, facts=[act])
        return "court-decides"
    if act.showing == "breaches":
        return _breaches(m, act, rules)
    met = act.showing == "present-fear"
    if act.showing == "past-abuse":
        says = "The past abuse counts; the court decides whether the fear is still reasonable."
        m.because("showing", says, value=standard, facts=[act])
        return "court-decides"
    says = (
        "A reasonable fear at the time of the hearing is enough." if met else "No present need for protection is shown."
    )
    m.because("showing", says, met=met, value=standard, facts=[act])
    return "may-renew" if met else "may-not-renew"


def _unopposed(m: Matter, act: Event, rules: OrderLaw) -> bool:
    """Whether a request that nobody opposes is granted for that alone; who shows a present fear need not know."""
    granted = rules.get("uncontested_renewal_granted", act.day)
    if granted is None and act.showing != "present-fear":
        raise LawNotKnown("whether a request that nobody opposes is granted for that alone")
    if granted is None or not m.settled(granted, "showing", "Nobody opposes the request.", act):
        return False
    m.because("showing", "Nobody opposes the request.", met=True, value=granted, facts=[act])
    return True


def _breaches(m: Matter, act: Event, rules: OrderLaw) -> str:
    value = rules.value("breach_supports_renewal", act.day)
    enough = bool(m.settled(value, "showing", "Do breaches of the order support its renewal?", act))
    says = "Breaches of the order show that the fear is reasonable." if enough else "Breaches alone are not enough."
    m.because("showing", says, met=enough, value=value, facts=[act])
    return "may-renew" if enough else "court-decides"
