"""How a question of law is put and how its answers are worded. No legal rule stands here.

A stem is a question a reader could answer with the options hidden. The sentence of the story that
states the act is quoted in it, so that nothing is said twice in different words.
"""

from collections.abc import Mapping

from grader.findings import Answer
from grader.rules.issuance import SAID as ASKERS
from grader.rules.waiver import SAID as CHANGERS

STEMS: Mapping[str, str] = {
    "violations.breach": "“{act}” {place}, does this break {the_order}?",
    "violations.prohibited": "“{act}” {place}, do the terms of {the_order} forbid this?",
    "violations.consequences": "“{act}” {place}, what can follow from this breach?",
    "violations.arrest": "“{act}” {place}, may police arrest {bound} for this without a warrant?",
    "violations.longest_jail": "“{act}” {place}, how long can the jail term for this breach be at most?",
    "violations.highest_fine": "“{act}” {place}, how high can the fine for this breach be at most?",
    "violations.one_act_is_enough": "{place}, is a single act enough to break {the_order}?",
    "violations.firearm_bar": "Under federal law, may {bound} have a firearm on {day}?",
    "violations.firearm_crime": "“{act}” Is this a federal crime of {actor}?",
    "violations.interstate_crime": "“{act}” Is this a federal crime of {actor}?",
    "violations.enforcement_right": "Has {protected} a federal right to have police enforce {the_order}?",
    "waiver.who_may_change": "{place}, who or what can lift or loosen {the_order} before it runs out?",
    "waiver.may_end": "“{act}” {place}, what happens with this request?",
    "waiver.burden_to_end": "{place}, how strongly must {bound} prove what it takes to end {the_order} early?",
    "waiver.bars_order": "“{act}” {place}, does this bar the court from making or keeping an order?",
    "waiver.protected_person_liable": "“{act}” {place}, does {actor} break {the_order} or answer for it?",
    "mutual.who_is_bound": "{place}, who is bound by the orders in this story?",
    "mutual.may_bind_both": "{place}, may the court make the order that binds {bound}?",
    "mutual.must_bind_both": "“{act}” {place}, must the court that makes {the_order} grant this request too?",
    "mutual.honoured_elsewhere": "Must other states honour the order that binds {bound}?",
    "duration.last_day": "{place}, what is the last day on which {the_order} can be in force?",
    "duration.in_force": "{place}, is {the_order} in force on {day}?",
    "duration.runs_until": "{place}, what does {the_order} run to?",
    "duration.hearing_due": "{place}, by which day must the hearing on {the_order} be held?",
    "duration.what_ends_it": "“{act}” {place}, does this end {the_order}?",
    "duration.may_renew": "“{act}” {place}, can the court renew {the_order} on this?",
    "duration.renews_by_itself": "{place}, is {the_order} renewed without anybody asking?",
    "duration.tied_to_criminal_case": "{place}, does the outcome of a criminal case decide how long {the_order} lasts?",
    "duration.may_last": "“{act}” {place}, may the court make the order run that long?",
    "duration.may_still_make": "{place}, may the court make {the_order} on the petition behind the temporary order?",
    "duration.may_shorten": "“{act}” {place}, may this make {the_order} shorter?",
    "coexistence.which_terms_govern": "{place}, both orders stand side by side. Which one is enforced?",
    "coexistence.stricter_controls": "{place}, does the stricter of two conflicting terms control by law?",
    "coexistence.child_terms": "{place}, which order governs the children?",
    "coexistence.bars_new_order": "{place}, may the court refuse {the_order} because the other one already stands?",
    "issuance.may_make": "{place}, has the court the power to make {the_order}?",
    "issuance.which_court": "{place}, where does {the_order} come from?",
    "issuance.who_starts": "{place}, who can set {the_order} in motion?",
    "issuance.needs_a_criminal_case": "{place}, does {the_order} need a criminal case?",
    "issuance.kind_of_order": "{place}, what kind of order is {the_order}?",
    "issuance.relationship_fits": "{place}, can {protected} ask for {the_order} against {bound}?",
    "issuance.violence_needed": "{place}, must {protected} show physical violence to get {the_order}?",
    "issuance.request_obliges": "{place}, must the court make {the_order} if {protected} asks for it?",
    "issuance.forbids_all_contact": "{place}, does {the_order} always forbid all contact?",
}
GRIDS: Mapping[str, str] = {
    "violations.breach": "{place}, which of these break {the_order}?",
    "violations.prohibited": "{place}, which of these do the terms of {the_order} forbid?",
    "duration.what_ends_it": "{place}, which of these end {the_order}?",
    "waiver.protected_person_liable": "{place}, for which of these does the protected person answer?",
}
DAYS: Mapping[str, str] = {
    "duration.last_day": "The last day on which {the_order} can be in force",
    "duration.hearing_due": "The last day for the hearing on {the_order}",
}
IN_ORDER = "{place}, in which order do these come? Begin with the earliest."
ANSWERS: Mapping[str, Mapping[str, str]] = {
    "violations.breach": {"violation": "Yes", "no-violation": "No"},
    "violations.prohibited": {"forbidden": "Yes", "allowed": "No"},
    "violations.consequences": {"no-violation": "There is no breach"},
    "violations.arrest": {"mandatory": "They must", "permitted": "They may", "not-allowed": "They may not"},
    "violations.longest_jail": {"no-violation": "There is no breach"},
    "violations.highest_fine": {"no-violation": "There is no breach"},
    "violations.one_act_is_enough": {"enough": "Yes", "not-enough": "No"},
    "violations.firearm_bar": {"barred": "No", "not-barred": "Federal law does not bar it"},
    "violations.firearm_crime": {"federal-crime": "Yes", "no-federal-crime": "No"},
    "violations.interstate_crime": {"federal-crime": "Yes", "no-federal-crime": "No"},
    "violations.enforcement_right": {"right": "Yes", "no-right": "No"},
    "waiver.burden_to_end": {
        "preponderance": "By the greater weight of the evidence",
        "clear-and-convincing": "By clear and convincing evidence",
    },
    "waiver.bars_order": {"bars": "Yes", "does-not-bar": "No"},
    "waiver.may_end": {
        "should-be-allowed": "The court should allow it",
        "court-decides": "The court weighs it and decides",
        "needs-more": "It needs more than this",
    },
    "waiver.protected_person_liable": {"liable": "Yes", "not-liable": "No"},
    "mutual.may_bind_both": {"may": "Yes", "may-not": "No"},
    "mutual.must_bind_both": {"must": "Yes", "need-not": "No"},
    "mutual.honoured_elsewhere": {"honoured": "Yes", "not-honoured": "No"},
    "duration.last_day": {"no-fixed-day": "There is no fixed last day"},
    "duration.in_force": {"in-force": "Yes", "not-in-force": "No"},
    "duration.runs_until": {
        "hearing": "To the hearing",
        "face-date": "To the date on its paper",
        "case-end": "As long as the criminal case is pending",
        "probation-end": "As long as probation",
        "sentence-end": "As long as the sentence",
        "own-term": "For a term of its own",
        "further-order": "Until the court ends it",
    },
    "duration.what_ends_it": {"ended": "Yes", "stands": "No"},
    "duration.may_renew": {
        "may-renew": "Yes",
        "may-not-renew": "No",
        "court-decides": "The court weighs it and decides",
    },
    "duration.renews_by_itself": {"by-itself": "Yes", "on-request": "No"},
    "duration.tied_to_criminal_case": {"tied": "Yes", "not-tied": "No"},
    "duration.may_last": {"may": "Yes", "may-not": "No"},
    "duration.may_still_make": {"may": "Yes", "may-not": "No"},
    "duration.may_shorten": {
        "may-not": "No",
        "court-decides": "The court weighs it and decides",
    },
    "coexistence.which_terms_govern": {"both": "Both bind"},
    "coexistence.stricter_controls": {"controls": "Yes", "does-not-control": "No"},
    "coexistence.bars_new_order": {"bars": "Yes", "does-not-bar": "No"},
    "issuance.may_make": {"may": "Yes", "may-not": "No"},
    "issuance.which_court": {"civil-court": "A civil docket", "criminal-court": "A criminal case"},
    "issuance.needs_a_criminal_case": {"needed": "Yes", "not-needed": "No"},
    "issuance.kind_of_order": {
        "restraining-order": "A restraining order",
        "no-contact-order": "A no-contact order",
    },
    "issuance.relationship_fits": {"fits": "Yes", "does-not-fit": "No"},
    "issuance.violence_needed": {"needed": "Yes", "not-needed": "No"},
    "issuance.request_obliges": {"must": "Yes", "court-decides": "The court weighs it and decides"},
    "issuance.forbids_all_contact": {"always": "Yes", "only-if-written": "Only if its terms say so"},
}
CONSEQUENCES: Mapping[str, str] = {
    "crime": "a charge for a new crime",
    "contempt": "punishment for contempt of court",
    "revocation": "loss of release or probation",
    "detention": "being held in jail until the case ends",
    "case-restored": "the case goes back on the trial list",
}
CANDIDATES: Mapping[str, Mapping[str, str]] = {
    "waiver.who_may_change": CHANGERS,
    "issuance.who_starts": ASKERS,
    "violations.consequences": CONSEQUENCES,
}
OPEN = {
    "unknown": "The law read for this course does not say",
    "unsettled": "The courts have not settled it",
    "discretion": "It is for the court to decide",
}


def worded(rule: str, answer: Answer) -> str | None:
    """The words for an answer that is one word of the rule’s own; None for a date, a set or an order."""
    if not isinstance(answer, str):
        return None
    return ANSWERS.get(rule, {}).get(answer) or OPEN.get(answer)
