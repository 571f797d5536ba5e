"""When an order runs out, which events end it, and whether it stands on a day."""

from dataclasses import replace
from datetime import date

from grader.calendar import add, is_open, next_open, spoken
from grader.facts import Event, Order
from grader.law import CourtDays, LawNotKnown, Length, OrderLaw, law
from grader.rules.matter import Matter, NotStated

SHORT = ("emergency", "ex-parte")
PENDING = ("release-condition", "pretrial-order")
WHAT_HAPPENED = {
    "dismiss": "dismissal",
    "acquit": "acquittal",
    "convict": "conviction",
    "sentence": "sentence",
    "commit": "commitment",
    "end-probation": "end-of-probation",
    "prosecutor-drops": "prosecutor-drops",
    "invite": "invitation",
    "agree": "agreement",
    "meet": "reconciliation",
    "visit": "reconciliation",
    "live-with": "reconciliation",
    "say-from-bench": "spoken-word",
    "drop-petition": "petition-withdrawn",
    "move-to-end": "protected-wish",
    "ask-prosecutor": "protected-wish",
    "ask-aloud": "protected-wish",
}
SAID = {
    "dismissal": "the dismissal of the criminal case",
    "acquittal": "an acquittal",
    "conviction": "a conviction",
    "sentence": "the sentence",
    "commitment": "a commitment to jail or prison",
    "end-of-probation": "the end of probation",
    "prosecutor-drops": "the prosecutor’s word",
    "invitation": "an invitation",
    "agreement": "an agreement of the people concerned",
    "reconciliation": "meeting or living together again",
    "spoken-word": "a judge’s spoken word",
    "petition-withdrawn": "withdrawing the petition",
    "protected-wish": "a wish or request",
    "court-order": "a written order of the court",
    "other-order-ended": "the end of another order",
    "hearing-missed-by-protected": "that the protected person missed the hearing",
    "hearing-missed-by-restrained": "that the restrained person missed the hearing",
}
BY_THE_PARTIES = {
    "invitation",
    "agreement",
    "reconciliation",
    "protected-wish",
    "prosecutor-drops",
    "petition-withdrawn",
}


def runs_out(m: Matter, order: Order, before: date | None = None) -> date | None:
    """The day an order runs out, None if it has no fixed day; records why."""
    extended = _extension(m, order, before)
    if extended:
        what = "without an end date" if extended.permanent else f"to {spoken(extended.until)}" if extended.until else ""
        m.because("end", f"The court extended the order {what}.", facts=[extended])
        return extended.until
    rules = m.issuing(order)
    if _goes_on(m, order, rules, before):
        return None
    if order.ends:
        return _rolled(m, order, order.ends)
    if order.face == "blank":
        blank = rules.value("term_if_blank", order.day)
        length: Length = m.settled(blank, "end", "The paper shows no end date.", order)
        day = count(m, order.day, (length,))
        m.because("end", f"The paper shows no end date, so the order lasts {length}.", value=blank, facts=[order])
        return _rolled(m, order, day)
    if order.face == "until-further-order":
        m.because("end", "The paper says that the order runs until further order.", facts=[order])
        return None
    return _by_law(m, order, rules)


def _goes_on(m: Matter, order: Order, rules: OrderLaw, before: date | None) -> bool:
    """A temporary order goes on past a hearing that a restrained person with notice stays away from."""
    missed = [e for e in m.events("miss-hearing") if e.who == order.binds and (before is None or e.day <= before)]
    if order.kind not in SHORT or not missed or order.how_noticed in (None, "none"):
        return False
    survives = rules.get("survives", missed[-1].day)
    if survives is None or survives.open or "hearing-missed-by-restrained" not in survives.value:
        return False
    says = f"{m.name(order.binds)} had notice and missed the hearing, so the temporary order goes on."
    m.because("end", says, value=survives, facts=[order, missed[-1]])
    return True


def _by_law(m: Matter, order: Order, rules: OrderLaw) -> date | None:
    until = rules.value("runs_until", order.day)
    kind = m.settled(until, "end", "What does the order run to?", order)
    if kind in ("case-end", "probation-end", "further-order"):
        what = {"case-end": "the criminal case", "probation-end": "probation"}.get(kind)
        says = f"The order lasts as long as {what}." if what else "The order runs until the court ends it."
        m.because("end", says, value=until, facts=[order])
        return None
    if kind == "hearing" and order.hearing:
        m.because("end", f"The order runs to the hearing on {spoken(order.hearing)}.", value=until, facts=[order])
        return order.hearing
    longest = rules.get("longest_term", order.day) or rules.value("hearing_within", order.day)
    lengths: tuple[Length, ...] = m.settled(longest, "end", "How long may the order last?", order)
    day = count(m, order.day, lengths)
    how = ", or ".join(map(str, lengths)) + (", whichever ends first" if len(lengths) > 1 else "")
    m.because("end", f"The order may last {how}: to {spoken(day)}.", value=longest, facts=[order])
    _explain_days(m, order.day, lengths)
    return day


def count(m: Matter, start: date, lengths: tuple[Length, ...]) -> date:
    """The earliest end of several lengths, counted as the courts of the place count."""
    days = m.law.days
    if any(length.unit == "court-day" for length in lengths):
        _covered(m, days, start)
    closed = days.closed if days else {}
    exclude = days.exclude_first_day if days else True
    return min(add(start, length.n, length.unit, closed, exclude_first=exclude) for length in lengths)


def _covered(m: Matter, days: CourtDays | None, day: date) -> CourtDays:
    if days is None or not days.since <= day <= days.until:
        raise LawNotKnown(f"no table of court days in {m.law.label} for {day.year}")
    return days


def _explain_days(m: Matter, start: date, lengths: tuple[Length, ...]) -> None:
    days = m.law.days
    if days is None or not any(length.unit == "court-day" for length in lengths):
        return
    end = count(m, start, lengths)
    skipped = [
        f"{name} ({spoken(day)})" for day, name in days.closed.items() if start < day <= end and day.weekday() < 5
    ]
    first = "The first day is not counted. " if days.exclude_first_day else ""
    left_out = _listed(["Saturdays", "Sundays", *skipped])
    m.because("count", f"{first}{left_out} do not count.", cites=days.cites)


def _rolled(m: Matter, order: Order, day: date) -> date:
    rules, days = m.issuing(order), m.law.days
    on_paper = f"The paper shows {spoken(day)} as the last day."
    closed = days.closed if days and days.since <= day <= days.until else {}
    if is_open(day, closed):
        m.because("end", on_paper, facts=[order])
        return day
    rolls = rules.value("rolls_over", order.day)
    if not m.settled(rolls, "rolls over", f"{on_paper} The court is closed that day.", order):
        m.because("end", f"{on_paper} A closed day does not move it.", value=rolls, facts=[order])
        return day
    _covered(m, days, day)
    later = next_open(day, closed)
    m.because(
        "end",
        f"{on_paper} The court is closed that day, so the order runs to {spoken(later)}.",
        value=rolls,
        facts=[order],
    )
    return later


def _extension(m: Matter, order: Order, before: date | None) -> Event | None:
    made = [e for e in m.events("extend-order") if e.order == order.id and (before is None or e.day <= before)]
    return made[-1] if made else None


def stands_on(m: Matter, order: Order, day: date) -> bool:
    """Whether an order is in force on a day; records why."""
    if day < order.day:
        m.because("in force", f"On {spoken(day)} the order had not been made yet.", met=False, facts=[order])
        return False
    start = len(m.argument.steps)
    for event in m.scenario.events:
        if order.day <= event.day <= day and _touches(m, event, order) and ends(m, event, order):
            return False
    last = None if _pending(m, order, day) else runs_out(m, order, before=day)
    if last is not None and day > last:
        m.because("in force", f"It ran out on {spoken(last)}, before {spoken(day)}.", met=False, facts=[order])
        return False
    _so_in_force(m, start, day)
    return True


def _so_in_force(m: Matter, start: int, day: date) -> None:
    """Let the step that matters most carry the result: what did not end the order, else when it runs out."""
    steps = m.argument.steps[start:]
    main = next((step for step in steps if step.element == "ended"), steps[-1])
    m.argument.steps.remove(main)
    says = f"{main.says} So it is in force on {spoken(day)}."
    m.argument.steps.append(replace(main, says=says, element="in force", met=True))


def _pending(m: Matter, order: Order, day: date) -> bool:
    """An order made for a criminal case that is still pending, where no authority read gives it another end."""
    if order.kind not in PENDING or order.ends or order.face or m.issuing(order).get("runs_until", order.day):
        return False
    m.because("end", "The order was made for the criminal case, and the story tells of no end of it.", facts=[order])
    return True


def _touches(m: Matter, event: Event, order: Order) -> bool:
    """Whether an event is a step in court that might end this order."""
    if event.did == "end-order":
        return event.order == order.id
    if event.did in ("dismiss", "acquit", "sentence", "commit", "end-probation"):
        return event.case is None or event.case == order.case
    return event.did == "miss-hearing" and order.kind in SHORT and event.order in (None, order.id)


def ends(m: Matter, event: Event, order: Order) -> bool:
    """Whether an event ends an order; records why. LawNotKnown if no authority read answers."""
    word, rules = _word(m, event, order), m.issuing(order)
    if word == "court-order":
        if event.written is False:
            return _spoken(m, event, order, rules)
        m.because("ended", "The court ended the order in writing.", met=True, facts=[event])
        return True
    ended, survives = rules.get("ended_by", event.day), rules.get("survives", event.day)
    if ended and word in m.settled(ended, "ended", f"Does {SAID[word]} end the order?", event):
        m.because("ended", f"{cap(SAID[word])} ends {m.the(order)}.", met=True, value=ended, facts=[event])
        return True
    if survives and word in m.settled(survives, "ended", f"Does {SAID[word]} end the order?", event):
        m.because("ended", f"{cap(SAID[word])} does not end {m.the(order)}.", met=False, value=survives, facts=[event])
        return False
    if word == "spoken-word":
        return _spoken(m, event, order, rules)
    changed = rules.value("changed_by", event.day)
    if word in BY_THE_PARTIES and m.settled(changed, "ended", "Who can end the order?", event) == ("court-order",):
        says = f"Only the court can end {m.the(order)}; {SAID[word]} does not."
        m.because("ended", says, met=False, value=changed, facts=[event])
        return False
    raise LawNotKnown(f"whether {SAID[word]} ends {m.the(order)}")


def _spoken(m: Matter, event: Event, order: Order, rules: OrderLaw) -> bool:
    counts = rules.value("spoken_change_counts", event.day)
    yes = bool(m.settled(counts, "ended", "Does a spoken word change the order?", event))
    says = f"What a judge says changes {m.the(order)}{'' if yes else ' only once it is written'}."
    m.because("ended", says, met=yes, value=counts, facts=[event])
    return yes


def _word(m: Matter, event: Event, order: Order) -> str:
    if event.did == "end-order":
        return "court-order" if event.order in (None, order.id) else "other-order-ended"
    if event.did == "miss-hearing":
        return f"hearing-missed-by-{'restrained' if event.who == order.binds else 'protected'}"
    if event.did not in WHAT_HAPPENED:
        raise NotStated(f"how “{event.did}” could end an order")
    return WHAT_HAPPENED[event.did]


def _listed(items: list[str]) -> str:
    return " and ".join([", ".join(items[:-1]), items[-1]])


def cap(text: str) -> str:
    """A sentence begins with a capital letter."""
    return text[:1].upper() + text[1:]


def federal() -> OrderLaw:
    """The federal law that holds for every order."""
    return law("us").common()
