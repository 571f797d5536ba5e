"""False beliefs about what breaks an order and what follows."""

from grader.misconceptions.model import Mistake, View, belief
from grader.misconceptions.waiver import BREACH, WRONG
from grader.words import HARM

RIGHT = {"violations.breach": "violation", "violations.prohibited": "forbidden"}
NO_MEETING = ("nothing", "possess-firearm", "withhold-support", "withhold-compensation")


def _through(v: View) -> bool:
    act = v.act
    return bool(act and (act.through or act.did == "ask-other-to-tell" or act.asked_by == v.order.binds))


@belief(
    "third-parties-do-not-count",
    "Friends do not count",
    "A message through a friend or a child is not contact.",
    *BREACH,
    refuted_by=("through_others",),
)
def third_parties_do_not_count(v: View) -> Mistake | None:
    return Mistake(WRONG[v.ask.rule], f"{v.bound} did not speak to {v.protected} directly.") if _through(v) else None


@belief(
    "friends-always-count",
    "Whatever a friend does counts",
    "The restrained person answers for everything that friends do.",
    "violations.breach",
    refuted_by=("others_need_direction",),
)
def friends_always_count(v: View) -> Mistake | None:
    act = v.act
    if act is None or act.who in (None, v.order.binds, *v.order.protects):
        return None
    if act.who and act.asked_by != v.order.binds:
        return Mistake("violation", f"{v.bound} answers for what {v.scenario.name(act.who)} does.")
    return None


@belief(
    "must-be-violent",
    "Only violence breaks an order",
    "If nobody is hurt or threatened, the order is not broken.",
    *BREACH,
    refuted_by=("one_act_is_enough", "near_is_contact", "breach_is"),
    generic=True,
)
def must_be_violent(v: View) -> Mistake | None:
    act = v.act
    calm = act and act.who == v.order.binds and act.did not in HARM and act.purpose != "harass"
    return Mistake(WRONG[v.ask.rule], "Nobody was hurt or threatened.") if calm else None


@belief(
    "no-contact-means-none",
    "No contact means none, ever",
    "Any contact at all is a breach, whatever the order says.",
    *BREACH,
    refuted_by=("always_allowed", "no_contact_automatic", "binds_only_named"),
    generic=True,
)
def no_contact_means_none(v: View) -> Mistake | None:
    act = v.act
    if act is None or act.who != v.order.binds or act.did in NO_MEETING:
        return None
    return Mistake(RIGHT[v.ask.rule], "Any contact at all is a breach, whatever the order says.")


@belief(
    "accident-is-always-a-breach",
    "A chance meeting is a breach",
    "Meeting the protected person is a breach even by pure chance.",
    "violations.breach",
    refuted_by=("accident_is_breach",),
)
def accident_is_always_a_breach(v: View) -> Mistake | None:
    act = v.act
    return Mistake("violation", "The order was broken the moment they met.") if act and act.accident else None


@belief(
    "chance-excuses-staying",
    "Chance excuses staying",
    "If the meeting was chance, the restrained person may stay.",
    "violations.breach",
    refuted_by=("must_leave",),
)
def chance_excuses_staying(v: View) -> Mistake | None:
    act = v.act
    return Mistake("no-violation", "They met by chance, so staying is fine.") if act and act.accident else None


@belief(
    "paper-service-only",
    "Without the paper, no duty",
    "Until the paper is handed over, the order need not be obeyed.",
    "violations.breach",
    refuted_by=("notice_by",),
)
def paper_service_only(v: View) -> Mistake | None:
    other = v.order.how_noticed not in (None, "served")
    return Mistake("no-violation", f"Nobody handed {v.bound} the paper.") if other else None


@belief(
    "signed-is-enough",
    "A signature is enough",
    "An order can be broken from the moment the judge signs it, known or not.",
    "violations.breach",
    refuted_by=("notice_by",),
)
def signed_is_enough(v: View) -> Mistake | None:
    late = v.order.how_noticed == "none" or (v.order.noticed and v.order.noticed > v.day)
    return Mistake("violation", "The judge had signed the order by then.") if late else None


@belief(
    "wrong-order-may-be-ignored",
    "A wrong order may be ignored",
    "An order that should never have been made need not be obeyed.",
    "violations.breach",
    refuted_by=("wrong_order_is_defence",),
)
def wrong_order_may_be_ignored(v: View) -> Mistake | None:
    return Mistake("no-violation", "The order should never have been made.") if v.order.wrongly_made else None


@belief(
    "honest-belief-excuses",
    "An honest belief excuses",
    "Whoever honestly thinks that the contact is allowed breaks nothing.",
    "violations.breach",
    refuted_by=("belief_is_defence", "intent_to_break_needed"),
)
def honest_belief_excuses(v: View) -> Mistake | None:
    act = v.act
    return Mistake("no-violation", f"{v.bound} honestly thought it was allowed.") if act and act.believes else None


@belief(
    "either-is-a-crime",
    "Breaking either order is a crime",
    "Breaking any court order is a new crime.",
    "violations.consequences",
    refuted_by=("breach_is",),
)
def either_is_a_crime(v: View) -> Mistake | None:
    return Mistake(frozenset({"crime"}), "Breaking any court order is a new crime.")


@belief(
    "only-a-telling-off",
    "The judge only talks to them",
    "A breach leads to a word from the judge and no more.",
    "violations.consequences",
    refuted_by=("breach_is",),
)
def only_a_telling_off(v: View) -> Mistake | None:
    return Mistake(frozenset({"contempt"}), "It is between the judge and the person who broke the order.")


@belief(
    "always-arrest",
    "Police must always arrest",
    "Police must arrest on the spot for any breach.",
    "violations.arrest",
    refuted_by=("arrest",),
)
def always_arrest(v: View) -> Mistake | None:
    return Mistake("mandatory", "Police must arrest on the spot for any breach.")


@belief(
    "police-need-a-warrant",
    "Police need a warrant",
    "Police may not act on an order before a judge signs a warrant.",
    "violations.arrest",
    refuted_by=("arrest",),
)
def police_need_a_warrant(v: View) -> Mistake | None:
    return Mistake("not-allowed", "Police need a warrant first.")


@belief(
    "police-may-choose",
    "Police may always choose",
    "It is always up to the police whether to arrest.",
    "violations.arrest",
    refuted_by=("arrest",),
)
def police_may_choose(v: View) -> Mistake | None:
    return Mistake("permitted", "It is up to the police.")


@belief(
    "every-order-takes-the-guns",
    "Every order takes the guns",
    "Federal law takes the firearms of everybody under a restraining order.",
    "violations.firearm_bar",
    refuted_by=("firearm_bar_requires", "partner_ties"),
)
def every_order_takes_the_guns(v: View) -> Mistake | None:
    return Mistake("barred", "Everybody under such an order loses the right to firearms.")


@belief(
    "guns-only-if-written",
    "Only if the order says so",
    "Federal law bars firearms only if the order itself says so.",
    "violations.firearm_bar",
    refuted_by=("firearm_bar_requires",),
)
def guns_only_if_written(v: View) -> Mistake | None:
    silent = "firearms" not in v.order.forbids
    return Mistake("not-barred", "The order says nothing about firearms.") if silent else None


@belief(
    "first-time-is-a-warning",
    "The first time is a warning",
    "One message is no breach yet; it takes a pattern.",
    "violations.one_act_is_enough",
    refuted_by=("one_act_is_enough",),
)
def first_time_is_a_warning(v: View) -> Mistake | None:
    return Mistake("not-enough", "It takes a pattern, not one message.")


@belief(
    "state-line-is-no-crime",
    "Crossing a state line is no crime",
    "What somebody does after crossing a state line is a matter for the state where it happens.",
    "violations.interstate_crime",
    refuted_by=("crossing_covers",),
)
def state_line_is_no_crime(v: View) -> Mistake | None:
    return Mistake("no-federal-crime", "That is a matter for the state where it happened.")


@belief(
    "crossing-alone-is-a-crime",
    "Crossing alone is a federal crime",
    "Whoever is under an order and crosses a state line commits a federal crime if they meet.",
    "violations.interstate_crime",
    refuted_by=("crossing_needs_intent", "crossing_covers"),
)
def crossing_alone_is_a_crime(v: View) -> Mistake | None:
    return Mistake("federal-crime", f"{v.bound} crossed a state line and they met.")


@belief(
    "police-owe-enforcement",
    "The order gives a federal right to the police",
    "If the police do not enforce the order, they break a federal right of the protected person.",
    "violations.enforcement_right",
    refuted_by=("enforcement_is_right",),
)
def police_owe_enforcement(v: View) -> Mistake | None:
    return Mistake("right", "The order says that police must act.")
