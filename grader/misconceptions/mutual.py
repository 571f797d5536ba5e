"""False beliefs about whom an order binds."""

from grader.misconceptions.model import Mistake, View, belief


@belief(
    "order-binds-both",
    "The order binds both",
    "An order between two people binds both of them.",
    "violations.breach",
    "waiver.protected_person_liable",
    "mutual.who_is_bound",
    refuted_by=("binds_only_named", "protected_person_liable"),
)
def order_binds_both(v: View) -> Mistake | None:
    if v.ask.rule == "mutual.who_is_bound":
        return Mistake(frozenset({v.order.binds, *v.order.protects}), "It binds both of them.")
    act = v.act
    if act is None:
        return None
    if v.ask.rule == "waiver.protected_person_liable":
        return Mistake("liable", "The order binds both of them.")
    if act.who in v.order.protects:
        return Mistake("violation", "The order binds both of them.")
    asked = [e for e in v.before("invite", "agree", "call", "text") if e.who in v.order.protects]
    return Mistake("violation", f"{v.protected} breaks it too, because it binds both.") if asked else None


@belief(
    "agreement-makes-it-mutual",
    "Agreement makes it mutual",
    "If both sides agree, the judge can bind both of them.",
    "mutual.may_bind_both",
    refuted_by=("mutual_by_agreement", "mutual_requires"),
)
def agreement_makes_it_mutual(v: View) -> Mistake | None:
    agreed = v.order.agreed or v.before("agree")
    return Mistake("may", "Both sides agreed to it.") if agreed else None


@belief(
    "fairness-makes-it-mutual",
    "Fairness makes it mutual",
    "A judge may bind both people to be fair or to keep the peace.",
    "mutual.may_bind_both",
    refuted_by=("mutual_requires", "may_bind_protected"),
    generic=True,
)
def fairness_makes_it_mutual(v: View) -> Mistake | None:
    return Mistake("may", "It is only fair to treat both alike.")


@belief(
    "never-both",
    "A court can never bind both",
    "A court can never make orders against both people.",
    "mutual.may_bind_both",
    refuted_by=("mutual_requires", "separate_orders_are_mutual", "same_hearing_is_mutual"),
    generic=True,
)
def never_both(v: View) -> Mistake | None:
    return Mistake("may-not", "A court can never bind both people.")


@belief(
    "separate-papers-are-safe",
    "Two papers are never a mutual order",
    "Two separate orders are never mutual, so each stands by itself.",
    "mutual.may_bind_both",
    refuted_by=("same_hearing_is_mutual", "separate_orders_are_mutual"),
)
def separate_papers_are_safe(v: View) -> Mistake | None:
    first = [o for o in v.scenario.orders if o.binds in v.order.protects]
    return Mistake("may", "Two separate papers are not a mutual order.") if first else None


@belief(
    "state-line-stops-it",
    "An order stops at the state line",
    "An order of one state has no force in another.",
    "mutual.honoured_elsewhere",
    "violations.breach",
    refuted_by=("foreign_order_enforced", "honoured_requires", "foreign_order_needs_registration"),
)
def state_line_stops_it(v: View) -> Mistake | None:
    if v.ask.rule == "mutual.honoured_elsewhere":
        return Mistake("not-honoured", "An order of one state has no force in another.")
    away = v.order.made_in not in (None, v.law.id)
    return Mistake("no-violation", "The order was made in another state.") if away else None


@belief(
    "both-halves-travel",
    "Every signed order travels",
    "Whatever a judge has signed must be honoured in every state.",
    "mutual.honoured_elsewhere",
    refuted_by=("honoured_mutual_requires", "honoured_requires"),
    generic=True,
)
def both_halves_travel(v: View) -> Mistake | None:
    return Mistake("honoured", "A judge signed it, so every state must honour it.")


@belief(
    "both-or-neither",
    "Both or neither",
    "If both were violent, the court must protect each from the other.",
    "mutual.must_bind_both",
    refuted_by=("both_requests_granted",),
)
def both_or_neither(v: View) -> Mistake | None:
    return Mistake("must", "Each of them was violent at some time.")
