"""What the law files of Alaska, Connecticut, the District of Columbia and Virginia say, and where they are silent."""

from datetime import date
from typing import Any

import pytest

from grader.law import LawNotKnown, Length, law
from tests.rules.stories import ACTED, charge, condition, decide, event, order, step
from tests.test_law_states import AGREED, EX_PARTE, FINAL, PRETRIAL, RELEASE, TODAY, files, found, named

FOUR = ("us-ak", "us-ct", "us-dc", "us-va")
EMERGENCY, SENTENCE = "emergency", "sentence-order"

SAYS: list[tuple[str, str, str, str, Any]] = [
    ("Alaska: consent is no defence", "us-ak", FINAL, "consent_is_defence", False),
    ("Alaska: a mistaken belief is no defence", "us-ak", EX_PARTE, "belief_is_defence", False),
    ("Alaska: an order made in error must be obeyed", "us-ak", FINAL, "wrong_order_is_defence", False),
    ("Alaska: a void order need not be", "us-ak", FINAL, "no_jurisdiction_is_defence", True),
    ("Alaska: an invitation leaves the order standing", "us-ak", EX_PARTE, "survives", ("invitation",)),
    ("Alaska: either person may ask for a change", "us-ak", FINAL, "restrained_person_may_move", True),
    ("Alaska: an ex parte order lasts twenty days", "us-ak", EX_PARTE, "longest_term", (Length(20, "day"),)),
    ("Alaska: an emergency order ends on the third day", "us-ak", EMERGENCY, "longest_term", (Length(3, "day"),)),
    ("Alaska: an officer asks for the emergency order", "us-ak", EMERGENCY, "started_by", ("officer",)),
    ("Alaska: the no-contact terms last a year", "us-ak", FINAL, "longest_term", (Length(1, "year"),)),
    ("Alaska: an extension lasts a year too", "us-ak", FINAL, "renewal_longest", Length(1, "year")),
    ("Alaska: each side needs its own petition", "us-ak", FINAL, "mutual_requires", ("own-petition", "proof")),
    ("Alaska: a message through others is contact", "us-ak", FINAL, "through_others", True),
    ("Alaska: breaking a condition of release is a crime", "us-ak", RELEASE, "breach_is", ("crime",)),
    ("Alaska: unlawful contact is a crime", "us-ak", "probation-condition", "breach_is", ("crime",)),
    ("Alaska: a chance meeting is no breach", "us-ak", FINAL, "accident_is_breach", False),
    ("Alaska: orders stand side by side", "us-ak", FINAL, "overlap", "each-binds"),
    ("Connecticut: what was asked for is still a breach", "us-ct", PRETRIAL, "consent_is_defence", False),
    ("Connecticut: the protected person is not punished", "us-ct", FINAL, "protected_person_liable", False),
    ("Connecticut: a general intent is enough", "us-ct", FINAL, "intent_to_break_needed", False),
    ("Connecticut: an accident is no breach", "us-ct", PRETRIAL, "accident_is_breach", False),
    ("Connecticut: nobody attacks the order in defence", "us-ct", PRETRIAL, "wrong_order_is_defence", False),
    ("Connecticut: a hearing in fourteen days", "us-ct", EX_PARTE, "hearing_within", (Length(14, "day"),)),
    ("Connecticut: a restraining order lasts a year", "us-ct", FINAL, "longest_term", (Length(1, "year"),)),
    ("Connecticut: the court extends as it thinks necessary", "us-ct", FINAL, "renewal_standard", "court-decides"),
    ("Connecticut: serving family papers is no breach", "us-ct", FINAL, "always_allowed", ("court-papers",)),
    ("Connecticut: the criminal order lasts as the case does", "us-ct", PRETRIAL, "runs_until", "case-end"),
    ("Connecticut: breaking it costs the release too", "us-ct", PRETRIAL, "breach_is", ("crime", "revocation")),
    ("Connecticut: up to five years", "us-ct", PRETRIAL, "longest_jail", Length(5, "year")),
    ("Connecticut: driving past is too near", "us-ct", PRETRIAL, "near_is_contact", True),
    ("Connecticut: the standing order has its own term", "us-ct", SENTENCE, "runs_until", "own-term"),
    ("Connecticut: a condition of release is a crime to break", "us-ct", RELEASE, "breach_is", ("crime",)),
    ("District of Columbia: consent is no defence", "us-dc", FINAL, "consent_is_defence", False),
    ("District of Columbia: only the court changes the order", "us-dc", EX_PARTE, "changed_by", ("court-order",)),
    ("District of Columbia: living together ends nothing", "us-dc", FINAL, "survives", ("reconciliation",)),
    ("District of Columbia: a breach is crime and contempt", "us-dc", FINAL, "breach_is", ("crime", "contempt")),
    ("District of Columbia: up to 180 days", "us-dc", FINAL, "longest_jail", Length(180, "day")),
    ("District of Columbia: fourteen days at first", "us-dc", EX_PARTE, "longest_term", (Length(14, "day"),)),
    ("District of Columbia: two years at most", "us-dc", FINAL, "longest_term", (Length(2, "year"),)),
    ("District of Columbia: any party may move", "us-dc", FINAL, "protected_person_may_move", True),
    ("District of Columbia: no breach is needed to extend", "us-dc", FINAL, "renewal_needs_new_abuse", False),
    ("District of Columbia: both may agree to an order", "us-dc", FINAL, "mutual_by_agreement", True),
    ("District of Columbia: nobody must do the impossible", "us-dc", FINAL, "inability_is_defence", True),
    ("District of Columbia: the condition ends with the case", "us-dc", RELEASE, "runs_until", "case-end"),
    ("District of Columbia: civil and criminal orders stand side by side", "us-dc", FINAL, "overlap", "each-binds"),
    ("District of Columbia: no contact is not automatic", "us-dc", RELEASE, "no_contact_automatic", False),
    ("Virginia: only the court changes the order", "us-va", FINAL, "changed_by", ("court-order",)),
    ("Virginia: a request must be in writing", "us-va", FINAL, "motion_in_writing", True),
    ("Virginia: she may ask without serving him", "us-va", FINAL, "protected_motion_needs_service", False),
    ("Virginia: an emergency order lasts to the third day", "us-va", EMERGENCY, "longest_term", (Length(3, "day"),)),
    ("Virginia: to a minute before midnight", "us-va", EMERGENCY, "expiry_hour", "23:59"),
    ("Virginia: a full hearing in fifteen days", "us-va", EX_PARTE, "hearing_within", (Length(15, "day"),)),
    ("Virginia: the preliminary order binds on service", "us-va", EX_PARTE, "notice_by", ("served",)),
    ("Virginia: two years at first", "us-va", FINAL, "longest_term", (Length(2, "year"),)),
    ("Virginia: two years if the paper names no day", "us-va", FINAL, "term_if_blank", Length(2, "year")),
    ("Virginia: two years more", "us-va", FINAL, "renewal_longest", Length(2, "year")),
    ("Virginia: the motion comes before the end", "us-va", FINAL, "lapsed_can_be_renewed", False),
    ("Virginia: forbidden contact is a crime", "us-va", FINAL, "breach_is", ("crime",)),
    ("Virginia: one call is enough", "us-va", FINAL, "one_act_is_enough", True),
    ("Virginia: being seen may or may not be contact", "us-va", FINAL, "presence_is_contact", "discretion"),
    ("Virginia: an accident is no breach", "us-va", FINAL, "accident_is_breach", False),
    ("Virginia: messages through others break the bail", "us-va", RELEASE, "through_others", True),
    ("Virginia: a conviction comes first", "us-va", SENTENCE, "needs_criminal_case", True),
]  # fmt: skip

SILENT: list[tuple[str, str, str, str]] = [
    ("Alaska: whether consent excuses a breach of release was not found", "us-ak", RELEASE, "consent_is_defence"),
    ("Alaska: when a condition of release ends was not found", "us-ak", RELEASE, "runs_until"),
    ("Alaska: whether a late request is in time was not settled", "us-ak", FINAL, "lapsed_can_be_renewed"),
    ("Connecticut: whether an extension needs new abuse was not found", "us-ct", FINAL, "renewal_needs_new_abuse"),
    ("Connecticut: the final order is not moved by a closed day", "us-ct", FINAL, "rolls_over"),
    ("District of Columbia: the fine since 2013 was not read", "us-dc", FINAL, "highest_fine"),
    ("District of Columbia: when police must arrest was not found", "us-dc", FINAL, "arrest"),
    ("Virginia: nothing sound was found on consent", "us-va", FINAL, "consent_is_defence"),
    ("Virginia: nothing was found on the protected person", "us-va", FINAL, "protected_person_liable"),
    ("Virginia: how orders overlap was not found", "us-va", FINAL, "overlap"),
    ("Virginia: when a condition of bail ends was not found", "us-va", RELEASE, "runs_until"),
]  # fmt: skip

CHANGED: list[tuple[str, str, str, str, date, Any, Any]] = [
    ("Connecticut: ninety days until 1995", "us-ct", FINAL, "longest_term", date(1995, 10, 1),
     (Length(90, "day"),), (Length(6, "month"),)),
    ("Connecticut: six months until 2012", "us-ct", FINAL, "longest_term", date(2012, 10, 1),
     (Length(6, "month"),), (Length(1, "year"),)),
    ("Connecticut: only contempt until 2002", "us-ct", FINAL, "breach_is", date(2002, 10, 1),
     ("contempt",), ("crime", "contempt")),
    ("District of Columbia: one year until 2021", "us-dc", FINAL, "longest_term", date(2021, 4, 27),
     (Length(1, "year"),), (Length(2, "year"),)),
    ("Connecticut: not punished for asking since 2011", "us-ct", FINAL, "protected_person_liable",
     date(2011, 10, 1), None, False),
    ("Connecticut: must arrest since 2021", "us-ct", PRETRIAL, "arrest", date(2021, 7, 1), None, "mandatory"),
    ("Alaska: six months, until nobody knows", "us-ak", FINAL, "longest_term", date(2002, 1, 1),
     (Length(6, "month"),), None),
    ("Alaska: a new incident, until the law was changed", "us-ak", FINAL, "renewal_needs_new_abuse",
     date(2018, 10, 5), True, None),
    ("Alaska: no new incident any more", "us-ak", FINAL, "renewal_needs_new_abuse", date(2020, 12, 31), None, False),
]  # fmt: skip


@pytest.mark.parametrize(("place", "kind", "question", "answer"), named(SAYS))
def test_what_the_law_of_a_place_says(place: str, kind: str, question: str, answer: Any) -> None:
    term = "contact" if question == "breach_is" else None
    assert found(place, kind).value(question, TODAY, term).value == answer


@pytest.mark.parametrize(("place", "kind", "question"), named(SILENT))
def test_what_was_not_found_stays_unknown(place: str, kind: str, question: str) -> None:
    with pytest.raises(LawNotKnown):
        found(place, kind).value(question, TODAY, "contact")


@pytest.mark.parametrize(("place", "kind", "question", "day", "before", "after"), named(CHANGED))
def test_the_law_is_that_of_its_day(place: str, kind: str, question: str, day: date, before: Any, after: Any) -> None:
    def on(when: date) -> Any:
        value = found(place, kind).get(question, when, "contact")
        return value.value if value else None

    assert on(date.fromordinal(day.toordinal() - 1)) == before
    assert on(day) == after


@pytest.mark.parametrize("place", FOUR)
def test_each_place_has_at_least_twelve_sentences_and_twenty_values(place: str) -> None:
    assert sum(row[1] == place for row in SAYS) >= 12
    assert len({name for of in files(place) for name in of.parameters}) >= 20


# Police: must, may


def test_in_three_of_the_places_police_must_arrest_for_forbidden_contact() -> None:
    told = {place: found(place, FINAL).get("arrest", TODAY, "contact") for place in FOUR}
    assert {place: value.value for place, value in told.items() if value} == {
        "us-ak": "mandatory", "us-ct": "mandatory", "us-va": "mandatory",
    }  # fmt: skip


def test_where_the_two_are_no_family_police_in_virginia_may_arrest() -> None:
    assert law("us-va").of(FINAL, "harassment").value("arrest", TODAY, "contact").value == "permitted"


def test_in_alaska_police_must_arrest_for_a_breach_of_release_only_in_a_domestic_case() -> None:
    alaska = law("us-ak")
    assert alaska.of(RELEASE, "abuse").value("arrest", TODAY).value == "mandatory"
    assert alaska.of(RELEASE, None).get("arrest", TODAY) is None


# The rules read these files as they read the others

INVITED = step("invite", who="robin", whom="kim")


@pytest.mark.parametrize(
    ("place", "told"), [("us-ak", "violation"), ("us-ct", "violation"), ("us-dc", "violation"), ("us-va", "unknown")]
)
def test_an_invited_call_breaks_the_order_in_three_places_and_nobody_knows_in_virginia(place: str, told: str) -> None:
    paper = order(day=date(2025, 12, 1), ends=date(2026, 11, 30))
    assert decide("violations.breach", place, paper, INVITED, event("call")).answer == told


def test_standing_in_sight_is_for_the_court_to_judge_in_virginia() -> None:
    facts = (order(), event("wait-near", present=True))
    assert decide("violations.breach", "us-va", *facts).status == "discretion"


@pytest.mark.parametrize(("place", "over"), [("us-ct", True), ("us-dc", True), ("us-ak", None), ("us-va", None)])
def test_a_dismissal_ends_the_pretrial_order_where_its_end_was_read(place: str, over: bool | None) -> None:
    facts = (condition(PRETRIAL, day=date(2026, 3, 2)), charge(), step("dismiss"))
    told = decide("duration.in_force", place, *facts, day=ACTED).answer
    assert told == ("not-in-force" if over else "unknown")


@pytest.mark.parametrize("place", FOUR)
def test_no_order_against_the_first_petitioner_without_a_petition_of_the_other(place: str) -> None:
    first = order("first", binds="kim", protects=("robin",), ends=date(2026, 12, 1))
    second = order("second", binds="robin", protects=("kim",), ends=date(2026, 12, 1))
    asked = step("petition", who="robin", whom="kim", day=date(2026, 1, 2), proved=True, written=True)
    own = step("cross-petition", "own", who="kim", whom="robin", day=date(2026, 1, 3), proved=True, written=True)
    assert decide("mutual.may_bind_both", place, second, first, asked).answer == "may-not"
    assert decide("mutual.may_bind_both", place, second, first, asked, own).answer == "may"


@pytest.mark.parametrize(
    ("place", "kind", "days"), [("us-ak", EX_PARTE, 20), ("us-ak", EMERGENCY, 3), ("us-dc", EX_PARTE, 14)]
)
def test_a_short_order_without_an_end_on_paper_runs_out_by_law(place: str, kind: str, days: int) -> None:
    made = date(2026, 9, 8)
    told = decide("duration.last_day", place, order(kind=kind, day=made, ends=None)).answer
    assert isinstance(told, date)
    assert (told - made).days == days


# The whole of the files


@pytest.mark.parametrize("question", AGREED)
def test_where_a_place_answers_what_most_states_agree_on_it_agrees(question: str) -> None:
    today = [of.get(question, TODAY) for place in FOUR for of in files(place) if question in of.parameters]
    assert {value.value for value in today if value} == {AGREED[question]}
