"""Questions that the law of one kind of order answers with yes or no, whatever happened."""

from dataclasses import dataclass

from grader.facts import Order
from grader.findings import Finding
from grader.rules.matter import Matter, cap, rule


@dataclass(frozen=True)
class YesNo:
    """One question of the catalogue, put for the day on which an order was made."""

    rule: str
    decides: str
    question: str
    yes: str
    no: str
    says_yes: str
    says_no: str
    of_every_order: bool = False


QUESTIONS = (
    YesNo(
        "issuance.needs_a_criminal_case", "Decide whether an order needs a criminal case.", "needs_criminal_case",
        "needed", "not-needed", "{order} needs a criminal case.", "{order} needs no criminal case.",
    ),
    YesNo(
        "issuance.violence_needed", "Decide whether physical violence must be shown to get an order.",
        "violence_needed", "needed", "not-needed", "{order} needs a showing of violence.",
        "{order} can rest on other harm than violence.",
    ),
    YesNo(
        "issuance.request_obliges",
        "Decide whether the protected person’s request obliges a criminal court to make a no-contact order.",
        "request_obliges_court", "must", "court-decides", "The court must make the order if the protected person asks.",
        "The court weighs the request of the protected person.",
    ),
    YesNo(
        "issuance.forbids_all_contact", "Decide whether such an order always forbids all contact.",
        "no_contact_automatic", "always", "only-if-written", "{order} always forbids contact.",
        "{order} forbids contact only if its terms say so.",
    ),
    YesNo(
        "duration.renews_by_itself", "Decide whether an order is renewed without anybody asking.",
        "renewal_automatic", "by-itself", "on-request", "{order} is renewed without a request.",
        "{order} is not renewed unless somebody asks.",
    ),
    YesNo(
        "duration.tied_to_criminal_case",
        "Decide whether the outcome of a related criminal case decides how long a civil order lasts.",
        "tied_to_criminal_case", "tied", "not-tied", "{order} lasts as long as the criminal case lets it.",
        "What becomes of a criminal case does not decide how long {order} lasts.",
    ),
    YesNo(
        "violations.one_act_is_enough", "Decide whether a single act is enough to break an order.",
        "one_act_is_enough", "enough", "not-enough", "One forbidden act is enough.", "One act alone is not enough.",
    ),
    YesNo(
        "coexistence.stricter_controls", "Decide whether the stricter of two conflicting terms controls by law.",
        "stricter_controls", "controls", "does-not-control", "The stricter of two terms controls.",
        "No law says that the stricter of two terms controls.", of_every_order=True,
    ),
)  # fmt: skip


def _answered(m: Matter, one: YesNo, order: Order) -> Finding:
    rules = m.law.common() if one.of_every_order else m.issuing(order)
    value = rules.value(one.question, order.day)
    yes = m.settled(value, one.question, one.decides.replace("Decide whether", "The question is whether"), order)
    says = (one.says_yes if yes else one.says_no).format(order=m.the(order))
    m.because(one.question, cap(says), value=value, facts=[order])
    return m.conclude(one.yes if yes else one.no)


def _put(one: YesNo) -> None:
    def decide(m: Matter, *, order: Order) -> Finding:
        return _answered(m, one, order)

    decide.__doc__ = one.decides
    rule(one.rule, "order")(decide)


for _one in QUESTIONS:
    _put(_one)
