"""False beliefs about how long an order lasts, what ends it and what renews it."""

from grader.calendar import add
from grader.law import Length
from grader.misconceptions.model import Mistake, View, belief

SHORT = ("emergency", "ex-parte")
OVER = {"duration.in_force": "not-in-force", "violations.breach": "no-violation"}


def _over(v: View, says: str) -> Mistake:
    """What follows for somebody who thinks that the order is over."""
    return Mistake(OVER[v.ask.rule], says)


def _lengths(v: View) -> tuple[Length, ...]:
    """How long the order may last by law; nothing where the paper or a hearing sets the end."""
    rules, order = v.rules(), v.order
    value = rules.get("longest_term", order.day) or rules.get("hearing_within", order.day)
    fixed = value is None or value.open or order.ends or order.hearing
    return () if fixed or value is None else tuple(value.value)


CRIMINAL_ENDS = ("dismiss", "acquit", "prosecutor-drops")


@belief(
    "temporary-has-no-force",
    "A temporary order has no force",
    "Until the hearing, a temporary order is only a warning.",
    "violations.breach",
    "duration.in_force",
    "mutual.honoured_elsewhere",
    refuted_by=("breach_is", "runs_until", "ex_parte_honoured", "longest_term"),
)
def temporary_has_no_force(v: View) -> Mistake | None:
    if v.order.kind not in SHORT:
        return None
    answers = {"violations.breach": "no-violation", "duration.in_force": "not-in-force"}
    return Mistake(answers.get(v.ask.rule, "not-honoured"), "The order is only temporary.")


@belief(
    "dropping-charges-ends-it",
    "Dropping the charge ends everything",
    "When the charge is dropped, every order between the two is over.",
    "duration.what_ends_it",
    "duration.in_force",
    "violations.breach",
    refuted_by=("survives", "ended_by", "tied_to_criminal_case", "changed_by"),
)
def dropping_charges_ends_it(v: View) -> Mistake | None:
    act = v.act
    if act and v.ask.rule == "duration.what_ends_it":
        over = act.did in (*CRIMINAL_ENDS, "ask-prosecutor")
        return Mistake("ended", "Without the charge there is no order.") if over else None
    if not v.before(*CRIMINAL_ENDS):
        return None
    return _over(v, "The criminal case is over, so the order is too.")


@belief(
    "one-order-lifts-the-other",
    "Ending one order ends the other",
    "When one of two orders ends, the other ends with it.",
    "duration.what_ends_it",
    "duration.in_force",
    "violations.breach",
    refuted_by=("survives", "overlap", "changed_by"),
)
def one_order_lifts_the_other(v: View) -> Mistake | None:
    act = v.act
    if act and v.ask.rule == "duration.what_ends_it":
        other = act.did == "end-order" and act.order not in (None, v.order.id)
        return Mistake("ended", "The two orders stand and fall together.") if other else None
    gone = [e for e in v.before("end-order") if e.order not in (None, v.order.id)]
    return _over(v, "The two orders stand and fall together.") if gone else None


@belief(
    "nothing-but-a-paper-ends-it",
    "Nothing ends it by itself",
    "An order goes on until a court paper ends it, whatever happens.",
    "duration.what_ends_it",
    "duration.in_force",
    refuted_by=("ended_by", "runs_until", "longest_term"),
    generic=True,
)
def nothing_but_a_paper_ends_it(v: View) -> Mistake | None:
    act = v.act
    if act and v.ask.rule == "duration.what_ends_it":
        return Mistake("stands", "Only a new court paper can end it.") if act.did != "end-order" else None
    return Mistake("in-force", "It goes on until a court paper ends it.")


@belief(
    "absence-ends-it",
    "A missed hearing ends it",
    "If either side misses the hearing, the temporary order is over.",
    "duration.what_ends_it",
    "duration.in_force",
    "violations.breach",
    refuted_by=("survives", "ended_by"),
)
def absence_ends_it(v: View) -> Mistake | None:
    act = v.act
    if act and v.ask.rule == "duration.what_ends_it":
        return Mistake("ended", "Nobody heard the case, so the order is over.") if act.did == "miss-hearing" else None
    missed = v.before("miss-hearing") if v.order.kind in SHORT else []
    return _over(v, "The hearing was missed, so the order is over.") if missed else None


@belief(
    "calendar-days",
    "Court days are calendar days",
    "A number of days means days on the calendar, weekends and holidays included.",
    "duration.last_day",
    refuted_by=("longest_term", "hearing_within"),
)
def calendar_days(v: View) -> Mistake | None:
    counted = [length for length in _lengths(v) if length.unit == "court-day"]
    ends = [add(v.order.day, length.n, "day") for length in counted]
    return Mistake(min(ends), "Weekends and holidays were counted.") if ends else None


@belief(
    "holidays-count",
    "Holidays count",
    "Only weekends are left out of the count; holidays are counted.",
    "duration.last_day",
    refuted_by=("longest_term", "hearing_within"),
)
def holidays_count(v: View) -> Mistake | None:
    lengths = _lengths(v)
    ends = [add(v.order.day, length.n, length.unit) for length in lengths]
    mixed = any(length.unit == "court-day" for length in lengths)
    return Mistake(min(ends), "A holiday was counted as a court day.") if mixed else None


@belief(
    "first-day-counts",
    "The first day counts",
    "The day on which the order is made is the first day of the count.",
    "duration.last_day",
    refuted_by=("longest_term", "hearing_within"),
)
def first_day_counts(v: View) -> Mistake | None:
    closed = v.law.days.closed if v.law.days else None
    in_days = [length for length in _lengths(v) if "day" in length.unit]
    if closed is None or not in_days:
        return None
    ends = [add(v.order.day, length.n, length.unit, closed, exclude_first=False) for length in in_days]
    return Mistake(min(ends), "The day of the order itself was counted.")


@belief(
    "ends-on-a-closed-day",
    "An order can end on a closed day",
    "An order is over on the printed day even if the court is closed that day.",
    "duration.last_day",
    "duration.in_force",
    "violations.breach",
    refuted_by=("rolls_over",),
)
def ends_on_a_closed_day(v: View) -> Mistake | None:
    printed = v.order.ends
    if printed is None or v.before("extend-order"):
        return None
    if v.ask.rule == "duration.last_day":
        return Mistake(printed, "That is the date on the paper.")
    if v.day <= printed:
        return None
    return _over(v, "The date on the paper has passed.")


@belief(
    "one-year-everywhere",
    "Every order lasts one year",
    "A restraining order lasts one year, wherever it is made.",
    "duration.last_day",
    refuted_by=("term_if_blank", "longest_term", "runs_until"),
)
def one_year_everywhere(v: View) -> Mistake | None:
    short = v.order.kind in SHORT or (v.order.ends and not v.before("extend-order"))
    return None if short else Mistake(add(v.order.day, 1, "year"), "A restraining order lasts one year.")


@belief(
    "three-years-everywhere",
    "Every order lasts three years",
    "A protective order lasts three years, whatever its kind.",
    "duration.last_day",
    refuted_by=("longest_term", "term_if_blank", "runs_until"),
)
def three_years_everywhere(v: View) -> Mistake | None:
    short = v.order.kind in SHORT or (v.order.ends and not v.before("extend-order"))
    return None if short else Mistake(add(v.order.day, 3, "year"), "A protective order lasts three years.")


@belief(
    "blank-means-void",
    "No date, no order",
    "An order without an end date is void and need not be obeyed.",
    "duration.in_force",
    "violations.breach",
    refuted_by=("term_if_blank", "runs_until"),
)
def blank_means_void(v: View) -> Mistake | None:
    if v.order.face not in ("blank", "until-further-order"):
        return None
    return _over(v, "The paper shows no end date, so it is void.")


@belief(
    "renewal-is-automatic",
    "Renewal is automatic",
    "An order renews itself as long as nobody objects.",
    "duration.may_renew",
    "duration.in_force",
    "duration.renews_by_itself",
    refuted_by=("renewal_automatic", "lapsed_can_be_renewed", "renewal_standard"),
)
def renewal_is_automatic(v: View) -> Mistake | None:
    if v.ask.rule == "duration.renews_by_itself":
        return Mistake("by-itself", "Nobody has said that the danger is over.")
    if v.ask.rule == "duration.may_renew":
        return Mistake("may-renew", "An order is renewed whenever somebody asks.")
    return Mistake("in-force", "It renews itself.") if v.order.ends and v.day > v.order.ends else None


@belief(
    "renewal-needs-new-violence",
    "Renewal needs new violence",
    "Without new violence an order cannot be renewed.",
    "duration.may_renew",
    refuted_by=("renewal_needs_new_abuse",),
)
def renewal_needs_new_violence(v: View) -> Mistake | None:
    act = v.act
    quiet = act and act.showing != "new-abuse"
    return Mistake("may-not-renew", "Nothing new has happened since.") if quiet else None


@belief(
    "a-year-is-the-limit",
    "A year is the limit",
    "No order is in force for longer than a year.",
    "duration.in_force",
    "duration.may_last",
    "violations.breach",
    refuted_by=("runs_until", "renewal_longest", "renewal_permanent", "longest_term"),
)
def a_year_is_the_limit(v: View) -> Mistake | None:
    if v.ask.rule == "duration.may_last":
        return Mistake("may-not", "An order never runs longer than a year.")
    old = v.day > add(v.order.day, 1, "year")
    return _over(v, "More than a year has passed.") if old else None


@belief(
    "fear-keeps-it",
    "Fear keeps it in force",
    "As long as the protected person is afraid, the order goes on.",
    "duration.in_force",
    "duration.what_ends_it",
    "duration.may_renew",
    refuted_by=("renewal_automatic", "runs_until", "ended_by", "longest_term"),
    generic=True,
)
def fear_keeps_it(v: View) -> Mistake | None:
    answers = {"duration.in_force": "in-force", "duration.what_ends_it": "stands"}
    return Mistake(answers.get(v.ask.rule, "may-renew"), f"{v.protected} may still be afraid.")


@belief(
    "judge-sets-any-length",
    "The judge may set any length",
    "A judge may make an order run as long as the danger calls for.",
    "duration.may_last",
    refuted_by=("longest_term", "first_may_be_permanent", "renewal_shortest", "renewal_longest"),
)
def judge_sets_any_length(v: View) -> Mistake | None:
    return Mistake("may", "The judge may choose any length.")


@belief(
    "hardship-shortens-it",
    "Hardship shortens it",
    "A court shortens an order that is hard on the restrained person.",
    "duration.may_shorten",
    refuted_by=("term_follows",),
)
def hardship_shortens_it(v: View) -> Mistake | None:
    return Mistake("court-decides", f"The court weighs how hard the order is on {v.bound}.")


@belief(
    "case-decides-the-order",
    "The criminal case decides the civil order",
    "A civil order stands or falls with the criminal case about the same events.",
    "duration.tied_to_criminal_case",
    refuted_by=("tied_to_criminal_case",),
)
def case_decides_the_order(v: View) -> Mistake | None:
    return Mistake("tied", "Both are about the same events.")
