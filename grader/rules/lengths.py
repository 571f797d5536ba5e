"""What an order runs to, how long the court may make it run, and which reasons may shorten it."""

from datetime import date

from grader.calendar import add, next_open, spoken
from grader.facts import Event, Order
from grader.findings import Finding
from grader.law import LawNotKnown, Length, OrderLaw, Value
from grader.rules.ending import case_end, within_power
from grader.rules.lasting import count, renews, runs_out
from grader.rules.matter import Matter, NotStated, cap, listed, rule

FIRST = ("petition", "cross-petition", "ask-aloud", "hearing", "sentence")
RENEWALS = ("move-to-renew", "extend-order")
NOT_ABOUT_SAFETY = ("unrelated", "protected-activity")
RUNS_TO = {
    "hearing": "to the hearing",
    "face-date": "to the date on its paper",
    "case-end": "as long as the criminal case is pending",
    "probation-end": "as long as probation",
    "sentence-end": "as long as the sentence",
    "own-term": "for a term of its own",
    "further-order": "until the court ends it",
}


@rule("duration.runs_until", "order")
def runs_until(m: Matter, *, order: Order) -> Finding:
    """Decide what an order runs to: a hearing, a date on its paper, the end of a case or a term of its own."""
    value = m.issuing(order).value("runs_until", order.day)
    word: str = m.settled(value, "runs to", "What does the order run to?", order)
    m.because("runs to", f"{cap(m.the(order))} runs {RUNS_TO[word]}.", value=value, facts=[order])
    return m.conclude(word)


@rule("duration.hearing_due", "order")
def hearing_due(m: Matter, *, order: Order) -> Finding:
    """Decide by which day the court must hold the hearing that follows an order made before one."""
    value = m.issuing(order).value("hearing_within", order.day)
    lengths: tuple[Length, ...] = m.settled(value, "hearing", "How soon must the hearing be held?", order)
    due, days = count(m, order, order.day, lengths), m.place(order).days
    if due != next_open(due, days.closed if days else {}):
        raise LawNotKnown("whether a hearing that falls due on a closed day may be held on the next open one")
    says = f"The hearing must be held within {listed(list(map(str, lengths)), 'or')}: by {spoken(due)}."
    m.because("hearing", says, value=value, facts=[order])
    return m.conclude(due)


@rule("duration.may_last", "act", "order")
def may_last(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether the court may make an order run as long as somebody asks.

    A first order has a longest term, and one made for a pending criminal case may not outlive the case; a renewal
    may have a shortest and a longest term, and may be open to no end.
    """
    rules = m.issuing(order)
    if not act.permanent and act.until is None:
        raise NotStated("how long the order is to run")
    if act.did in FIRST:
        return m.conclude("may" if _first(m, act, order, rules) else "may-not")
    if act.did not in RENEWALS:
        raise NotStated("whether this is about a first order or a renewal")
    return m.conclude("may" if _renewal(m, act, order, rules) else "may-not")


@rule("duration.may_shorten", "act", "order")
def may_shorten(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether a reason may make an order shorter than the need for protection.

    Where the need for protection alone measures the term, a reason that has nothing to do with it does not count.
    """
    value = m.issuing(order).value("term_follows", act.day)
    m.settled(value, "measure", "What decides how long an order lasts?", order)
    if act.showing is None:
        raise NotStated("what the reason for a shorter order is")
    outside = act.showing in NOT_ABOUT_SAFETY
    says = "The reason has nothing to do with that need." if outside else "The court weighs the reason with the rest."
    first = f"Only the need for protection decides how long {m.the(order)} lasts."
    m.because("measure", f"{first} {says}", met=not outside, value=value, facts=[act, order])
    return m.conclude("may-not" if outside else "court-decides")


def _outlives(m: Matter, act: Event, order: Order) -> bool:
    """Whether an order made for a criminal case is to run on after the case."""
    end = case_end(m, order)
    return end is not None and (bool(act.permanent) or (act.until or date.min) > end.day)


def _first(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    if not within_power(m, order) or _outlives(m, act, order):
        return False
    if act.permanent:
        value = rules.value("first_may_be_permanent", act.day)
        yes = bool(m.settled(value, "length", "May a first order run without end?", act))
        says = f"A first order {'may' if yes else 'may not'} run without end."
        m.because("length", says, met=yes, value=value, facts=[act, order])
        return yes
    if rules.get("longest_term", act.day) is None and _any_term(m, act, rules):
        return True
    value = rules.value("longest_term", act.day)
    lengths: tuple[Length, ...] = m.settled(value, "length", "How long may a first order run?", act)
    days = m.place(order).days
    latest = next_open(count(m, order, act.day, lengths), days.closed if days else {})
    return _within(m, act, f"A first order may run {listed(list(map(str, lengths)), 'or')}", value, latest=latest)


def _renewal(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    able = rules.value("renewable", act.day)
    if not m.settled(able, "renewable", f"Can {m.the(order)} be renewed?", order):
        m.because("renewable", f"{cap(m.the(order))} cannot be renewed.", met=False, value=able, facts=[order])
        return False
    if act.permanent:
        value = rules.value("renewal_permanent", act.day)
        yes = bool(m.settled(value, "length", "May a renewal run without end?", act))
        says = f"At a renewal the court {'may' if yes else 'may not'} make the order permanent."
        m.because("length", says, met=yes, value=value, facts=[act, order])
        return yes
    return _between(m, act, order, rules)


def _between(m: Matter, act: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether a renewal to a fixed day is neither too short nor too long."""
    shortest, longest = rules.get("renewal_shortest", act.day), rules.get("renewal_longest", act.day)
    endless = rules.get("renewal_permanent", act.day)
    if shortest:
        least: Length = m.settled(shortest, "length", "How short may a renewal be?", act)
        if not _within(
            m, act, f"A renewal runs at least {least}", shortest, earliest=add(act.day, least.n, least.unit)
        ):
            return False
    if longest is None and shortest and endless and endless.value is True:
        return True
    if longest is None and _any_term(m, act, rules):
        return True
    longest = _longest_again(m, act, order, rules) or rules.value("renewal_longest", act.day)
    most: Length = m.settled(longest, "length", "How long may a renewal be?", act)
    start = max(act.day, runs_out(m.quiet(), order, act.day, act) or act.day)
    return _within(m, act, f"A renewal may run {most}", longest, latest=add(start, most.n, most.unit))


def _any_term(m: Matter, act: Event, rules: OrderLaw) -> bool:
    """Whether the law leaves the length to the court, as long as it names an end."""
    value = rules.get("any_fixed_term", act.day)
    if value is None or not m.settled(value, "length", "May the court set any end?", act):
        return False
    m.because("length", "The court may set any end that it finds fit.", met=True, value=value, facts=[act])
    return True


def _longest_again(m: Matter, act: Event, order: Order, rules: OrderLaw) -> Value | None:
    """The longest term of a second or later renewal, where the law gives it one of its own."""
    made = [e for e in m.events("extend-order") if e is not act and m.about(e, order) and m.by_then(e, act.day, act)]
    return rules.get("later_renewal_longest", act.day) if made or renews(m, order) else None


def _within(m: Matter, act: Event, says: str, value: Value, earliest: date = date.min, latest: date = date.max) -> bool:
    until = act.until or date.max
    met = earliest <= until <= latest
    m.because("length", f"{says}; this would run to {spoken(until)}.", met=met, value=value, facts=[act])
    return met
