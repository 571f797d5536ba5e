"""False beliefs about who makes which order, and about two orders at once."""

from grader.misconceptions.model import Mistake, View, belief


def _strict(v: View) -> str:
    pair = [v.order, *([v.other] if v.other else [])]
    best = max(pair, key=lambda o: ("contact" in o.forbids, o.distance or 0, len(o.forbids)))
    return best.id


@belief(
    "stricter-controls",
    "The stricter order controls",
    "When two orders overlap, the stricter one controls and the other falls away.",
    "coexistence.which_terms_govern",
    refuted_by=("stricter_controls", "overlap", "ranking"),
)
def stricter_controls(v: View) -> Mistake | None:
    return Mistake(_strict(v), "It is the stricter one.")


@belief(
    "later-replaces-earlier",
    "The later order replaces the earlier",
    "A new order between the same people replaces the old one.",
    "coexistence.which_terms_govern",
    refuted_by=("overlap", "ranking"),
)
def later_replaces_earlier(v: View) -> Mistake | None:
    other = v.other
    return Mistake(max((v.order, other), key=lambda o: o.day).id, "It is the later one.") if other else None


@belief(
    "criminal-court-wins",
    "The criminal court always wins",
    "The order of a criminal court always goes before a civil order.",
    "coexistence.which_terms_govern",
    refuted_by=("overlap", "ranking"),
)
def criminal_court_wins(v: View) -> Mistake | None:
    civil = ("emergency", "ex-parte", "final")
    found = [o for o in (v.order, v.other) if o and o.kind not in civil]
    return Mistake(found[0].id, "A criminal court’s order always comes first.") if len(found) == 1 else None


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
