"""What each misconception can do to a client if somebody acts on it: the weight it has in a class report."""

from typing import Literal

Risk = Literal[1, 2, 3]

SAFETY = frozenset(
    [
        "permission-counts",
        "replying-is-not-contact",
        "protected-person-can-lift",
        "prosecutor-can-lift",
        "agreement-lifts-it",
        "spoken-word-changes-it",
        "invitation-cancels",
        "helping-is-a-crime",
        "reconciled-so-no-order",
        "temporary-has-no-force",
        "blank-means-void",
        "absence-ends-it",
        "dropping-charges-ends-it",
        "one-order-lifts-the-other",
        "case-decides-the-order",
        "order-binds-both",
        "agreement-makes-it-mutual",
        "fairness-makes-it-mutual",
        "both-or-neither",
        "state-line-stops-it",
        "later-replaces-earlier",
        "stricter-controls",
        "criminal-court-wins",
        "third-parties-do-not-count",
        "must-be-violent",
        "chance-excuses-staying",
        "paper-service-only",
        "wrong-order-may-be-ignored",
        "honest-belief-excuses",
        "first-time-is-a-warning",
        "only-a-telling-off",
        "police-need-a-warrant",
        "bruises-needed",
        "guns-only-if-written",
        "a-year-is-the-limit",
    ]
)  # fmt: skip
"""Somebody may be hurt, or be arrested for what they took to be allowed."""

RIGHTS = frozenset(
    [
        "one-order-is-enough",
        "protection-decides-on-children",
        "calendar-days",
        "holidays-count",
        "first-day-counts",
        "ends-on-a-closed-day",
        "one-year-everywhere",
        "three-years-everywhere",
        "renewal-is-automatic",
        "renewal-needs-new-violence",
        "nothing-but-a-paper-ends-it",
        "fear-keeps-it",
        "judge-sets-any-length",
        "hardship-shortens-it",
        "protected-person-starts-all",
        "police-start-all",
        "only-family-is-protected",
        "anybody-can-have-any-order",
        "other-order-for-partners",
        "victim-has-no-say",
        "victim-commands-the-court",
        "every-order-bars-contact",
        "never-both",
        "separate-papers-are-safe",
        "both-halves-travel",
        "court-will-refuse",
        "asking-is-enough",
        "obedience-earns-the-end",
        "more-likely-than-not",
        "friends-always-count",
        "no-contact-means-none",
        "accident-is-always-a-breach",
        "signed-is-enough",
        "either-is-a-crime",
        "always-arrest",
        "police-may-choose",
        "every-order-takes-the-guns",
        "state-line-is-no-crime",
        "crossing-alone-is-a-crime",
        "police-owe-enforcement",
    ]
)  # fmt: skip
"""A deadline, an order, an argument or freedom from a charge may be lost."""

MISNAMED = frozenset(["no-contact-is-restraining-order", "words-decide", "somebody-must-have-filed"])
"""Somebody is sent to the wrong desk and loses time."""

RISKS: dict[str, Risk] = {
    **dict.fromkeys(MISNAMED, 1),
    **dict.fromkeys(RIGHTS, 2),
    **dict.fromkeys(SAFETY, 3),
}
IN_WORDS: dict[Risk, str] = {
    3: "safety: somebody may be hurt or arrested",
    2: "rights: a deadline, an order or an argument may be lost",
    1: "time: somebody is sent to the wrong desk",
}


def risk(name: str) -> Risk:
    """The weight of a misconception, from 1 to 3. One that is not on the list has the middle weight."""
    return RISKS.get(name, 2)
