"""False beliefs about who can lift or loosen an order."""

from grader.misconceptions.model import Mistake, View, belief

BREACH = ("violations.breach", "violations.prohibited")
WRONG = {"violations.breach": "no-violation", "violations.prohibited": "allowed"}
PEOPLE = ("invite", "agree", "meet", "visit", "live-with")


@belief(
    "permission-counts",
    "Permission counts",
    "If the protected person invites or allows contact, it is no breach.",
    *BREACH,
    "duration.what_ends_it",
    refuted_by=("consent_is_defence", "survives"),
)
def permission_counts(v: View) -> Mistake | None:
    act = v.act
    if act and v.ask.rule == "duration.what_ends_it":
        return Mistake("ended", f"{v.protected} allowed the contact.") if act.did in PEOPLE else None
    asked = [e for e in v.before("invite", "agree") if e.who in v.order.protects]
    if act and act.who == v.order.binds and (asked or act.started_by in v.order.protects):
        return Mistake(WRONG[v.ask.rule], f"{v.protected} allowed the contact.")
    return None


@belief(
    "replying-is-not-contact",
    "A reply is not contact",
    "Answering is not contact, because the other person began it.",
    *BREACH,
    refuted_by=("consent_is_defence",),
)
def replying_is_not_contact(v: View) -> Mistake | None:
    act = v.act
    if act and act.who == v.order.binds and (act.answers or act.did == "reply" or act.started_by in v.order.protects):
        return Mistake(WRONG[v.ask.rule], f"{v.bound} only answered; {v.protected} began it.")
    return None


@belief(
    "protected-person-can-lift",
    "The protected person can lift it",
    "The order is there for the protected person, so that person can lift it.",
    "waiver.who_may_change",
    "duration.what_ends_it",
    refuted_by=("changed_by", "consent_is_defence"),
)
def protected_person_can_lift(v: View) -> Mistake | None:
    if v.ask.rule == "waiver.who_may_change":
        return Mistake(frozenset({"protected-person", "court-order"}), f"{v.protected} can lift the order.")
    act = v.act
    if (
        act
        and act.who in v.order.protects
        and act.did in ("ask-prosecutor", "move-to-end", "ask-aloud", "drop-petition")
    ):
        return Mistake("ended", f"{v.protected} no longer wants the order.")
    return None


@belief(
    "prosecutor-can-lift",
    "The prosecutor can lift it",
    "The prosecutor brought the case and can lift the order.",
    "waiver.who_may_change",
    refuted_by=("changed_by",),
)
def prosecutor_can_lift(v: View) -> Mistake | None:
    return Mistake(frozenset({"prosecutor", "court-order"}), "The prosecutor can lift the order.")


@belief(
    "agreement-lifts-it",
    "Both together can lift it",
    "If both people agree, the order no longer matters.",
    "waiver.who_may_change",
    "duration.what_ends_it",
    refuted_by=("changed_by", "consent_is_defence"),
)
def agreement_lifts_it(v: View) -> Mistake | None:
    if v.ask.rule == "waiver.who_may_change":
        return Mistake(frozenset({"agreement", "court-order"}), "Both people together can lift the order.")
    act = v.act
    if act and act.did in ("agree", "meet", "live-with"):
        return Mistake("ended", f"{v.protected} and {v.bound} agreed that it is over.")
    return None


@belief(
    "spoken-word-changes-it",
    "A spoken word changes it",
    "What a judge or an officer says changes the order at once.",
    *BREACH,
    "duration.what_ends_it",
    refuted_by=("spoken_change_counts", "changed_by"),
)
def spoken_word_changes_it(v: View) -> Mistake | None:
    act = v.act
    if act and v.ask.rule == "duration.what_ends_it":
        return Mistake("ended", "It was said aloud, and that is enough.") if act.did == "say-from-bench" else None
    said = v.before("say-from-bench", "permit")
    if act and said and act.who == v.order.binds:
        return Mistake(WRONG[v.ask.rule], "Somebody in authority said aloud that it was fine.")
    return None


@belief(
    "court-will-refuse",
    "The court will refuse to end it",
    "A court does not end an order at the protected person’s wish without a special reason.",
    "waiver.may_end",
    refuted_by=("ending_at_protected_request", "protected_person_may_move"),
)
def court_will_refuse(v: View) -> Mistake | None:
    act = v.act
    if act and act.who in v.order.protects:
        return Mistake("needs-more", f"{v.protected} must first show that something has changed.")
    return None


@belief(
    "asking-is-enough",
    "Asking is enough",
    "Whoever asks the court to end an order gets what they ask for.",
    "waiver.may_end",
    refuted_by=(
        "time_and_compliance_suffice",
        "ending_at_restrained_request",
        "protected_person_may_move",
        "changed_by",
    ),
)
def asking_is_enough(v: View) -> Mistake | None:
    act = v.act
    if act is None or act.who is None or (act.who in v.order.protects and v.rules().family == "civil"):
        return None
    return Mistake("should-be-allowed", f"{v.scenario.name(act.who)} asked, and that is enough.")


@belief(
    "obedience-earns-the-end",
    "Obedience earns the end",
    "Whoever has obeyed for a long time has a right to be free of the order.",
    "waiver.may_end",
    refuted_by=("time_and_compliance_suffice", "ending_at_restrained_request"),
)
def obedience_earns_the_end(v: View) -> Mistake | None:
    act = v.act
    if act and act.who == v.order.binds and act.showing == "time-and-compliance":
        return Mistake("court-decides", f"{v.bound} has obeyed for long enough.")
    return None


@belief(
    "helping-is-a-crime",
    "Inviting means helping to break it",
    "A protected person who invites contact helps to break the order and is punished for it.",
    "waiver.protected_person_liable",
    refuted_by=("protected_person_liable",),
)
def helping_is_a_crime(v: View) -> Mistake | None:
    act = v.act
    name = v.scenario.name(act.who) if act and act.who else v.protected
    return Mistake("liable", f"{name} helps {v.bound} to break the order.")


@belief(
    "invitation-cancels",
    "An invitation cancels the order",
    "Once the protected person makes contact, there is no order left to break.",
    "waiver.protected_person_liable",
    *BREACH,
    "duration.in_force",
    refuted_by=("consent_is_defence", "changed_by"),
)
def invitation_cancels(v: View) -> Mistake | None:
    reaching = ("invite", "agree", "call", "text", "email", "message", "visit", "meet", "live-with")
    made = [e for e in v.before(*reaching) if e.who in v.order.protects and e.day >= v.order.day]
    if not made:
        return None
    answers = {**WRONG, "duration.in_force": "not-in-force"}
    return Mistake(answers.get(v.ask.rule, "not-liable"), "The contact has cancelled the order.")


@belief(
    "reconciled-so-no-order",
    "Whoever makes up loses the order",
    "Friendly contact after the first order shows that no protection is needed.",
    "waiver.bars_order",
    refuted_by=("reconciliation_bars_order",),
)
def reconciled_so_no_order(v: View) -> Mistake | None:
    return Mistake("bars", f"{v.protected} sought the contact, so {v.protected} cannot be afraid.")


@belief(
    "more-likely-than-not",
    "More likely than not is enough",
    "In a civil matter it is always enough that something is more likely than not.",
    "waiver.burden_to_end",
    refuted_by=("ending_burden",),
)
def more_likely_than_not(v: View) -> Mistake | None:
    return Mistake("preponderance", "That is how things are proved in a civil court.")
