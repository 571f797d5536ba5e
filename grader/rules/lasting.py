"""How long an order lasts if nothing ends it before: the paper, the law, an extension."""

from datetime import date

from grader.calendar import DAY, add, next_open, spoken
from grader.facts import Event, Order
from grader.law import CourtDays, Law, LawNotKnown, Length, OrderLaw, Value
from grader.rules.matter import Matter, NotStated, listed

SHORT = ("emergency", "ex-parte")


def runs_out(m: Matter, order: Order, before: date | None = None, act: Event | None = None) -> date | None:
    """The day an order runs out, None if it has no fixed day; records why."""
    made = [e for e in m.events("extend-order") if m.about(e, order) and _then(m, e, before, act)]
    extended = made[-1] if made else None
    if extended is None:
        return unextended(m, order, before, act)
    _in_time(m, order, extended)
    if extended.permanent:
        m.because("end", "The court extended the order without an end date.", facts=[extended])
        return None
    if extended.until is None:
        raise NotStated("to which day the court extended the order")
    return _rolled(m, order, extended.until, "The court extended the order to {day}.", extended, before=before)


def _then(m: Matter, event: Event, before: date | None, act: Event | None) -> bool:
    return before is None or m.by_then(event, before, act)


def _in_time(m: Matter, order: Order, extended: Event) -> None:
    """An extension keeps alive only an order that has not lapsed, unless the law says otherwise."""
    if extended.written is False and not m.settled(
        m.issuing(order).value("spoken_change_counts", extended.day), "end", "Does a spoken word count?", extended
    ):
        raise LawNotKnown("whether an order extended only by word of mouth goes on")
    last = runs_out(m.quiet(), order, extended.day, extended)
    if last is None or extended.day <= last:
        return
    if _asked_in_time(m, order, extended, last):
        return
    lapsed = m.issuing(order).value("lapsed_can_be_renewed", extended.day)
    if not m.settled(lapsed, "end", f"The order had run out on {spoken(last)}.", order, extended):
        raise LawNotKnown("whether an extension binds that a court made after the order had run out")


def _asked_in_time(m: Matter, order: Order, extended: Event, last: date) -> bool:
    """Whether the extension was asked for while the order ran, where that is enough; records why."""
    asked = [e for e in m.events("move-to-renew") if e.order in (None, order.id) and order.day <= e.day <= last]
    value = m.issuing(order).get("request_in_time_is_enough", extended.day) if asked else None
    if value is None or not m.settled(value, "end", "Is a request in time enough?", asked[-1], extended):
        return False
    says = f"The extension was asked for on {spoken(asked[-1].day)}, before the order ran out. That is enough."
    m.because("end", says, met=True, value=value, facts=[asked[-1], extended])
    return True


def unextended(m: Matter, order: Order, before: date | None = None, act: Event | None = None) -> date | None:
    """The day an order runs out if nobody has extended it."""
    rules = m.issuing(order)
    if _goes_on(m, order, rules, before, act):
        return None
    if order.ends:
        _allowed_length(m, order, rules, before)
        return _rolled(m, order, order.ends, "The paper shows {day} as the last day.", order, before=before)
    if order.face == "blank" and _stands_blank(m, order, rules):
        return None
    if order.face == "blank":
        blank = rules.value("term_if_blank", order.day)
        length: Length = m.settled(blank, "end", "The paper shows no end date.", order)
        day = count(m, order, order.day, (length,))
        says = f"The paper shows no end date, so the order lasts {length}, to {{day}}."
        return _rolled(m, order, day, says, order, blank, before)
    if order.face == "until-further-order":
        m.because("end", "The paper says that the order runs until further order.", facts=[order])
        return None
    if order.face == "dated":
        raise NotStated("which end date stands on the paper")
    return _by_law(m, order, rules, before)


def _stands_blank(m: Matter, order: Order, rules: OrderLaw) -> bool:
    """Whether a missing end date is a fault for the court to mend, and the order binds until it does."""
    stands = rules.get("blank_stands", order.day)
    if stands is None or not m.settled(stands, "end", "The paper lacks an end date.", order):
        return False
    says = "The paper lacks an end date. That makes no order void: it binds until the court changes or ends it."
    m.because("end", says, value=stands, facts=[order])
    return True


def _allowed_length(m: Matter, order: Order, rules: OrderLaw, before: date | None) -> None:
    """A first civil order that a court made longer than the law lets it: no authority read says how long it binds.

    Within the time that the law allows nobody need know.
    """
    longest = rules.get("longest_term", order.day)
    if rules.family != "civil" or order.extends or longest is None or longest.open or order.kind in SHORT:
        return
    latest, days = count(m, order, order.day, longest.value), m.place(order).days
    end = next_open(latest, days.closed if days else {})
    if order.ends and order.ends > end and (before is None or before > latest):
        raise LawNotKnown(
            f"how long an order binds that runs longer on paper than {listed([*map(str, longest.value)])}"
        )


def _goes_on(m: Matter, order: Order, rules: OrderLaw, before: date | None, act: Event | None) -> bool:
    """A temporary order goes on past a hearing that a restrained person with notice stays away from."""
    missed = [
        e
        for e in m.events("miss-hearing")
        if e.who == order.binds and e.order in (None, order.id) and order.day <= e.day and _then(m, e, before, act)
    ]
    if order.kind not in SHORT or not missed:
        return False
    survives = rules.get("survives", missed[-1].day)
    if survives is None or survives.open or "hearing-missed-by-restrained" not in survives.value:
        return False
    if order.how_noticed is None:
        raise NotStated(f"whether {m.name(order.binds)} knew of the hearing")
    if order.how_noticed == "none" or (order.noticed and order.noticed > missed[-1].day):
        return False
    says = f"{m.name(order.binds)} had notice and missed the hearing, so the temporary order goes on."
    m.because("end", says, value=survives.about("hearing-missed-by-restrained"), facts=[order, missed[-1]])
    return True


def _no_hearing_yet(m: Matter, order: Order, rules: OrderLaw) -> bool:
    """Whether an order that the law only lets run to a hearing still waits for it."""
    if rules.get("longest_term", order.day) or rules.get("hearing_within", order.day):
        return False
    return not any(e.day >= order.day and e.order in (None, order.id) for e in m.events("hearing", "miss-hearing"))


def _by_law(m: Matter, order: Order, rules: OrderLaw, before: date | None) -> date | None:
    until = rules.value("runs_until", order.day)
    kind = m.settled(until, "end", "What does the order run to?", order)
    if kind in ("case-end", "probation-end", "sentence-end", "further-order"):
        what = {"case-end": "the criminal case", "probation-end": "probation", "sentence-end": "the sentence"}.get(kind)
        says = f"The order lasts as long as {what}." if what else "The order runs until the court ends it."
        m.because("end", says, value=until, facts=[order])
        return None
    if kind == "hearing" and order.hearing:
        m.because("end", f"The order runs to the hearing on {spoken(order.hearing)}.", value=until, facts=[order])
        return order.hearing
    if kind == "hearing" and before is not None and _no_hearing_yet(m, order, rules):
        m.because("end", "The order runs to the hearing, and the story tells of none yet.", value=until, facts=[order])
        return None
    return _longest(m, order, rules, before)


def _longest(m: Matter, order: Order, rules: OrderLaw, before: date | None) -> date:
    """The last day the law lets an order run to, moved to the next open day where the law says so."""
    longest = rules.get("longest_term", order.day) or rules.value("hearing_within", order.day)
    lengths: tuple[Length, ...] = m.settled(longest, "end", "How long may the order last?", order)
    day = count(m, order, order.day, lengths)
    how = ", or ".join(map(str, lengths)) + (", whichever ends first" if len(lengths) > 1 else "")
    _explain_days(m, order, lengths)
    rolls = rules.get("rolls_over", order.day)
    if rolls and rolls.value is True:
        return _rolled(m, order, day, f"The order may last {how}: to {{day}}.", order, longest, before)
    m.because("end", f"The order may last {how}: to {spoken(day)}.", value=longest, facts=[order])
    return day


def renews(m: Matter, order: Order) -> bool:
    """Whether an order is itself a renewal: it extends an earlier one that was not only temporary."""
    return any(one.id == order.extends and one.kind not in SHORT for one in m.scenario.orders)


def count(m: Matter, order: Order, start: date, lengths: tuple[Length, ...]) -> date:
    """The earliest end of several lengths, counted as the courts count in the place that made the order."""
    return min(_end(m.place(order), start, length) for length in lengths)


def _end(place: Law, start: date, length: Length) -> date:
    days = place.days
    if length.unit == "hour":
        raise LawNotKnown(f"on which day {length} end that began at an hour of {spoken(start)}")
    if days is None or not days.counts_open_days(length):
        if length.unit == "court-day":
            raise LawNotKnown(f"no table of court days in {place.label} for {start.year}")
        return add(start, length.n, length.unit, exclude_first=days.exclude_first_day if days else True)
    end = add(start, length.n, "court-day", days.closed, exclude_first=days.exclude_first_day)
    _covered(place, days, start + DAY if days.exclude_first_day else start, end)
    return end


def _covered(place: Law, days: CourtDays, first: date, last: date) -> None:
    """Stop unless the table of a place says of every day from the first to the last whether its courts are open."""
    if not (days.since <= first and last <= days.until):
        raise LawNotKnown(f"no table of court days in {place.label} for {last.year}")
    for day in sorted(days.doubtful):
        if first <= day <= last:
            raise LawNotKnown(f"whether the courts in {place.label} were open on {spoken(day)}")


def _explain_days(m: Matter, order: Order, lengths: tuple[Length, ...]) -> None:
    days = m.place(order).days
    if days is None or not any(map(days.counts_open_days, lengths)):
        return
    start, end = order.day, count(m, order, order.day, lengths)
    skipped = [
        f"{name} ({spoken(day)})" for day, name in days.closed.items() if start < day <= end and day.weekday() < 5
    ]
    first = "The first day is not counted. " if days.exclude_first_day else ""
    left_out = listed(["Saturdays", "Sundays", *skipped])
    m.because("count", f"{first}{left_out} do not count.", cites=days.cites, facts=[order])


def _rolled(
    m: Matter,
    order: Order,
    day: date,
    says: str,
    fact: Order | Event,
    value: Value | None = None,
    before: date | None = None,
) -> date:
    """The end as written, moved to the next open day where the law moves it; “says” has a slot for the day.

    Up to the end as written, and after the next open day, nobody need know whether it moves.
    """
    rules, place = m.issuing(order), m.place(order)
    days, on_paper = place.days, says.format(day=spoken(day))
    known = days is not None and days.since <= day <= days.until
    closed = days.closed if days and known else {}
    latest = next_open(day, {*closed, *(days.doubtful if days else ())})
    if latest == day or _moot(before, day, latest, known, rules.get("rolls_over", order.day)):
        m.because("end", on_paper, value=value, facts=[fact])
        return day
    rolls = rules.value("rolls_over", order.day)
    if not m.settled(rolls, "rolls over", f"{on_paper} The court is closed that day.", order):
        m.because("end", f"{on_paper} A closed day does not move it.", value=rolls, facts=[fact])
        return day
    if days is None:
        raise LawNotKnown(f"no table of court days in {place.label} for {day.year}")
    later = next_open(day, closed)
    _covered(place, days, day, later)
    moved = f"{on_paper} The court is closed that day, so the order runs to {spoken(later)}."
    m.because("end", moved, value=rolls, facts=[fact])
    return later


def _moot(before: date | None, day: date, latest: date, known: bool, rolls: Value | None) -> bool:
    """Whether nobody need know if an end moves: it is asked about a day that comes before or after all the same."""
    if before is None or day < before <= latest:
        return False
    return rolls is None or (before <= day and not known)
