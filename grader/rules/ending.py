"""Which events end an order, and whether it stands on a day."""

from dataclasses import replace
from datetime import date, time

from grader.calendar import spoken
from grader.facts import Event, Order
from grader.law import LawNotKnown, OrderLaw
from grader.rules.lasting import SHORT, runs_out
from grader.rules.matter import CRIMINAL, Matter, NotStated, cap
from grader.words import CONTACT, HARM, PROXIMITY

AT_SENTENCE = ("probation-condition", "probation-order", "sentence-order")
PENDING = ("release-condition", "pretrial-order")
SERVED_BY_ONE = ("commit", "end-sentence", "end-probation")
CASE_ENDS = ("dismiss", "acquit", "sentence", "commit")
WHAT_HAPPENED = {
    "dismiss": "dismissal",
    "acquit": "acquittal",
    "convict": "conviction",
    "sentence": "sentence",
    "commit": "commitment",
    "end-sentence": "end-of-sentence",
    "end-probation": "end-of-probation",
    "prosecutor-drops": "prosecutor-drops",
    "invite": "invitation",
    "agree": "agreement",
    "meet": "reconciliation",
    "visit": "reconciliation",
    "live-with": "reconciliation",
    "say-from-bench": "spoken-word",
    "drop-petition": "petition-withdrawn",
    "no-hearing": "hearing-not-held",
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
    "end-of-sentence": "the end of the sentence",
    "end-of-probation": "the end of probation",
    "prosecutor-drops": "the prosecutor’s word",
    "invitation": "an invitation",
    "agreement": "an agreement of the people concerned",
    "reconciliation": "meeting or living together again",
    "breach": "contact against the order, even by both people,",
    "spoken-word": "a judge’s spoken word",
    "petition-withdrawn": "withdrawing the petition",
    "protected-wish": "a wish or request",
    "court-order": "a written order of the court",
    "other-order-ended": "the end of another order",
    "hearing-not-held": "that no hearing was held in time",
    "hearing-missed-by-protected": "that the protected person missed the hearing",
    "hearing-missed-by-restrained": "that the restrained person missed the hearing",
}
BY_THE_PARTIES = {
    "invitation": "protected-person",
    "agreement": "agreement",
    "reconciliation": "agreement",
    "breach": "agreement",
    "protected-wish": "protected-person",
    "prosecutor-drops": "prosecutor",
    "petition-withdrawn": "protected-person",
}


def stands_on(m: Matter, order: Order, day: date, act: Event | None = None) -> bool:
    """Whether an order is in force on a day, or when an act of that day happens; records why."""
    if order.announced and order.announced <= day < order.day:
        raise LawNotKnown("whether an order binds from the day it is spoken or only once it is written")
    if day < order.day:
        m.because("in force", f"On {spoken(day)} the order had not been made yet.", met=False, facts=[order])
        return False
    if not within_power(m, order):
        return False
    start = len(m.argument.steps)
    if _ended(m, order, day, act):
        return False
    last = None if _pending(m, order) else runs_out(m, order, day, act)
    if last is not None and day > last:
        m.because("in force", f"It ran out on {spoken(last)}, before {spoken(day)}.", met=False, facts=[order])
        return False
    if act is not None and _last_hours(m, order, act, last) and _past_the_hour(m, order, act):
        return False
    _so_in_force(m, start, day)
    return True


def _last_hours(m: Matter, order: Order, act: Event, last: date | None) -> bool:
    """Whether an act came on the last day of an order: as written, or because of a hearing missed that day."""
    missed = [e for e in m.events("miss-hearing") if e.day == act.day and _touches(m, e, order)]
    return act.day == last or any(m.guards(order, event.who) for event in missed)


def _past_the_hour(m: Matter, order: Order, act: Event) -> bool:
    """Whether an act of the last day came after the hour at which such an order ends."""
    value = m.issuing(order).get("expiry_hour", order.day)
    if value is None and act.hour is None:
        return False
    if value is None or act.hour is None:
        gap = "at what hour this was" if value else "at what hour the order ends on its last day"
        raise NotStated(gap) if value else LawNotKnown(gap)
    ends_at = time.fromisoformat(m.settled(value, "hour", "When does the order end on its last day?", order))
    past = act.hour >= ends_at
    says = f"On its last day the order ends at {ends_at:%H:%M}; this was at {act.hour:%H:%M}."
    m.because("in force" if past else "end", says, met=not past, value=value, facts=[order, act])
    return past


def within_power(m: Matter, order: Order) -> bool:
    """Whether the law lets a court make such an order at all, as far as an authority read says; records why not."""
    value = m.issuing(order).get("may_be_made", order.day)
    if value is None or value.value is not False:
        return True
    m.because("power", "No law gives the court the power to make this order.", met=False, value=value, facts=[order])
    return False


def case_end(m: Matter, order: Order) -> Event | None:
    """The first step in the criminal case that ends an order made for the time the case is pending; records why."""
    for event in m.events(*CASE_ENDS):
        if order.kind in PENDING and _same_case(m, event, order) and ends(m, event, order):
            return event
    return None


def ended_on(m: Matter, order: Order) -> date | None:
    """The day on which an event ended an order that had not run out by then; records why."""
    for event in m.scenario.events:
        if event.day >= order.day and _touches(m, event, order):
            last = None if _pending(m.quiet(), order) else runs_out(m.quiet(), order, event.day, event)
            if (last is None or event.day <= last) and ends(m, event, order):
                return event.day
    return None


def _ended(m: Matter, order: Order, day: date, act: Event | None) -> bool:
    """Whether an event ended an order by then. A doubt about one event is no doubt once the order is over anyway."""
    doubt: LawNotKnown | None = None
    for event in m.scenario.events:
        if event.day < order.day or not m.by_then(event, day, act) or not _touches(m, event, order):
            continue
        if event.did == "miss-hearing" and act and event.day == day and m.issuing(order).get("expiry_hour", order.day):
            continue  # the order still runs to that hour
        try:
            if ends(m, event, order):
                return True
        except LawNotKnown as gap:
            doubt = doubt or gap
    if doubt and not _over(m.quiet(), order, day, act):
        raise doubt
    return False


def _over(m: Matter, order: Order, day: date, act: Event | None) -> bool:
    last = None if _pending(m, order) else runs_out(m, order, day, act)
    return last is not None and day > last


def _so_in_force(m: Matter, start: int, day: date) -> None:
    """Let the step that matters most carry the result: what did not end the order, else when it runs out."""
    steps = m.argument.steps[start:]
    main = next((step for step in steps if step.element == "ended"), steps[-1])
    m.argument.steps.remove(main)
    says = f"{main.says} So it is in force on {spoken(day)}."
    m.argument.steps.append(replace(main, says=says, element="in force", met=True))


def _pending(m: Matter, order: Order) -> bool:
    """An order made for a criminal case that is still pending, where no authority read gives it another end."""
    if order.kind not in PENDING or order.ends or order.face or m.issuing(order).get("runs_until", order.day):
        return False
    m.because("end", "The order was made for the criminal case, and the story tells of no end of it.", facts=[order])
    return True


def _touches(m: Matter, event: Event, order: Order) -> bool:
    """Whether an event is a step in court that might end this order."""
    if event.did == "end-order":
        return m.about(event, order)
    if event.did in ("dismiss", "acquit", "sentence", "commit", "end-sentence", "end-probation"):
        made_then = order.kind in AT_SENTENCE and event.did in ("sentence", "commit") and event.day <= order.day
        another = event.did in SERVED_BY_ONE and event.who not in (None, order.binds)
        return not (made_then or another) and _same_case(m, event, order)
    theirs = event.who in (None, order.binds, *order.protects) and event.order in (None, order.id)
    return event.did in ("miss-hearing", "no-hearing") and order.kind in SHORT and theirs


def _same_case(m: Matter, event: Event, order: Order) -> bool:
    if event.case is None or event.case == order.case:
        return True
    accused = {case.id: case.against for case in m.scenario.cases}
    if order.case or order.kind not in CRIMINAL or accused.get(event.case, order.binds) != order.binds:
        return False
    if list(accused.values()).count(order.binds) > 1:
        raise NotStated("in which case the order was made")
    return True


def ends(m: Matter, event: Event, order: Order) -> bool:
    """Whether an event ends an order; records why. LawNotKnown if no authority read answers."""
    word, rules = _word(m, event, order), m.issuing(order)
    if word == "court-order":
        if event.written is False:
            return _spoken(m, event, order, rules)
        value = rules.get("changed_by", event.day)
        m.because("ended", "The court ended the order in writing.", met=True, value=value, facts=[event])
        return True
    if word == "sentence" and _kept(m, event, order, rules):
        return False
    if word == "hearing-not-held" and _put_off(m, event, order):
        return False
    ended, survives = rules.get("ended_by", event.day), rules.get("survives", event.day)
    if ended and word in m.settled(ended, "ended", f"Does {SAID[word]} end the order?", event):
        m.because("ended", f"{cap(SAID[word])} ends {m.the(order)}.", met=True, value=ended.about(word), facts=[event])
        return True
    if survives and word in m.settled(survives, "ended", f"Does {SAID[word]} end the order?", event):
        m.because(
            "ended",
            f"{cap(SAID[word])} does not end {m.the(order)}.",
            met=False,
            value=survives.about(word),
            facts=[event],
        )
        return False
    if word == "spoken-word":
        return _spoken(m, event, order, rules)
    changed = rules.value("changed_by", event.day)
    able = m.settled(changed, "ended", "Who can end the order?", event)
    if word in BY_THE_PARTIES and BY_THE_PARTIES[word] not in able:
        says = f"Only the court can end {m.the(order)}; {SAID[word]} does not."
        m.because("ended", says, met=False, value=changed, facts=[event])
        return False
    raise LawNotKnown(f"whether {SAID[word]} ends {m.the(order)}")


def _kept(m: Matter, event: Event, order: Order, rules: OrderLaw) -> bool:
    """Whether the court that passed sentence kept an order in force that was made for the pending case."""
    kept = [e for e in m.events("extend-order") if m.about(e, order) and e.day == event.day]
    if not kept or order.kind not in PENDING:
        return False
    value = rules.value("sentence_may_keep", event.day)
    able = bool(m.settled(value, "ended", "May the court keep the order in force at sentence?", event, *kept))
    says = f"The court that passed sentence {'kept' if able else 'could not keep'} {m.the(order)} in force."
    m.because("ended", says, met=not able, value=value, facts=[event, *kept])
    return able


def _put_off(m: Matter, event: Event, order: Order) -> bool:
    """Whether the court had extended the order beyond the day of a hearing that was not held; records why."""
    made = [e for e in m.events("extend-order") if e.order == order.id and e.day <= event.day]
    longer = [e for e in made if e.permanent or e.until is None or e.until > event.day]
    if longer:
        m.because("ended", f"The court had extended {m.the(order)} beyond that day.", met=False, facts=[event, *longer])
    return bool(longer)


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
        if event.who != order.binds and not m.guards(order, event.who):
            raise NotStated("which of the two missed the hearing")
        return f"hearing-missed-by-{'restrained' if event.who == order.binds else 'protected'}"
    if event.did in CONTACT | PROXIMITY | HARM and event.did not in WHAT_HAPPENED:
        return "breach"
    if event.did not in WHAT_HAPPENED:
        raise NotStated(f"how “{event.did}” could end an order")
    return WHAT_HAPPENED[event.did]
