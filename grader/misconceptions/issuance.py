"""False beliefs about who makes which order, and for whom."""

from grader.misconceptions.model import Mistake, View, belief


@belief(
    "no-contact-is-restraining-order",
    "The two orders are the same thing",
    "A no-contact order and a restraining order are two names for one thing.",
    "issuance.kind_of_order",
    "issuance.which_court",
    "issuance.needs_a_criminal_case",
    refuted_by=("needs_criminal_case", "started_by"),
)
def no_contact_is_restraining_order(v: View) -> Mistake | None:
    civil = v.rules().family == "civil"
    wrong = {
        "issuance.kind_of_order": "no-contact-order" if civil else "restraining-order",
        "issuance.which_court": "criminal-court" if civil else "civil-court",
        "issuance.needs_a_criminal_case": "needed" if civil else "not-needed",
    }
    return Mistake(wrong[v.ask.rule], "All these orders are one and the same thing.")


@belief(
    "protected-person-starts-all",
    "The protected person starts every order",
    "Every order is made because the protected person files for it.",
    "issuance.who_starts",
    refuted_by=("started_by",),
)
def protected_person_starts_all(v: View) -> Mistake | None:
    return Mistake(frozenset({"protected-person"}), f"{v.protected} files for it.")


@belief(
    "police-start-all",
    "The police or the prosecutor start every order",
    "Only the police or a prosecutor can set an order in motion.",
    "issuance.who_starts",
    refuted_by=("started_by",),
)
def police_start_all(v: View) -> Mistake | None:
    return Mistake(frozenset({"officer", "prosecutor"}), "Only the police or a prosecutor can do it.")


@belief(
    "words-decide",
    "The words “no contact” decide",
    "An order that says “no contact” must come from a criminal case.",
    "issuance.kind_of_order",
    "issuance.which_court",
    "issuance.needs_a_criminal_case",
    refuted_by=("needs_criminal_case", "started_by", "no_contact_automatic"),
)
def words_decide(v: View) -> Mistake | None:
    answers = {
        "issuance.kind_of_order": "no-contact-order",
        "issuance.which_court": "criminal-court",
        "issuance.needs_a_criminal_case": "needed",
    }
    return Mistake(answers[v.ask.rule], "It says “no contact”.") if "contact" in v.order.forbids else None


@belief(
    "somebody-must-have-filed",
    "Whoever is protected has filed",
    "If an order protects somebody, that person must have filed for it.",
    "issuance.kind_of_order",
    "issuance.which_court",
    "issuance.needs_a_criminal_case",
    refuted_by=("started_by", "needs_criminal_case"),
)
def somebody_must_have_filed(v: View) -> Mistake | None:
    answers = {
        "issuance.kind_of_order": "restraining-order",
        "issuance.which_court": "civil-court",
        "issuance.needs_a_criminal_case": "not-needed",
    }
    return Mistake(answers[v.ask.rule], f"It protects {v.protected}, so {v.protected} must have filed for it.")


@belief(
    "only-family-is-protected",
    "Only family gets an order",
    "A court protects people only from family or partners.",
    "issuance.relationship_fits",
    refuted_by=("ties",),
)
def only_family_is_protected(v: View) -> Mistake | None:
    return Mistake("does-not-fit", f"{v.bound} is neither family nor a partner.") if _strangers(v) else None


@belief(
    "anybody-can-have-any-order",
    "Anybody can have any order",
    "What the people are to each other makes no difference to the order one can ask for.",
    "issuance.relationship_fits",
    refuted_by=("ties",),
)
def anybody_can_have_any_order(v: View) -> Mistake | None:
    return Mistake("fits", "A court protects anybody who is afraid.")


@belief(
    "other-order-for-partners",
    "Partners too need the order for harassment",
    "Somebody who only harasses is dealt with under the law for neighbours and strangers, even a partner.",
    "issuance.relationship_fits",
    refuted_by=("ties",),
)
def other_order_for_partners(v: View) -> Mistake | None:
    return None if _strangers(v) else Mistake("does-not-fit", f"What {v.bound} did is only harassment.")


def _strangers(v: View) -> bool:
    relation = v.scenario.tie(v.order.binds, v.order.protects[0]) if v.order.protects else None
    return relation is not None and relation.tie in (
        "neighbours",
        "co-workers",
        "acquaintances",
        "strangers",
        "roommates",
    )


@belief(
    "bruises-needed",
    "Without a blow no order",
    "A court makes an order only if there was physical violence.",
    "issuance.violence_needed",
    refuted_by=("violence_needed",),
)
def bruises_needed(v: View) -> Mistake | None:
    return Mistake("needed", f"{v.bound} has not hurt anybody yet.")


@belief(
    "victim-commands-the-court",
    "The victim commands the criminal court",
    "If the victim asks for a no-contact order, the criminal court must make it.",
    "issuance.request_obliges",
    refuted_by=("request_obliges_court",),
)
def victim_commands_the_court(v: View) -> Mistake | None:
    return Mistake("must", f"{v.protected} is the victim and asks for it.")


@belief(
    "victim-has-no-say",
    "The victim has no say at all",
    "In a criminal case nothing the victim asks for binds the court.",
    "issuance.request_obliges",
    refuted_by=("request_obliges_court",),
)
def victim_has_no_say(v: View) -> Mistake | None:
    return Mistake("court-decides", f"{v.protected} is no party to the criminal case.")


@belief(
    "every-order-bars-contact",
    "Every order forbids all contact",
    "A protective order forbids all contact, whatever is ticked on it.",
    "issuance.forbids_all_contact",
    refuted_by=("no_contact_automatic",),
)
def every_order_bars_contact(v: View) -> Mistake | None:
    return Mistake("always", "That is what such an order is for.")
