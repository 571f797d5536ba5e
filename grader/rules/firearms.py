"""Whether federal law bars the restrained person from firearms while under an order."""

from datetime import date

from grader.facts import Order
from grader.findings import Finding
from grader.law import LawNotKnown
from grader.rules.lasting import SHORT
from grader.rules.matter import Matter, NotStated, federal, rule
from grader.rules.paper import in_force

LIVING_AS_PARTNERS = ("dating", "formerly-dating", "household")


@rule("violations.firearm_bar", "order", "day")
def firearm_bar(m: Matter, *, order: Order, day: date) -> Finding:
    """Decide whether federal law bars the restrained person from firearms while under an order.

    Elements: the order is in force; it followed a hearing with notice and a chance to take part; it
    protects a partner or child; it restrains harassment or threats; it finds a credible threat or in
    terms forbids force. That the parties agreed to it, or that it should not have been made, is no element.
    """
    if order.kind == "agreement":
        raise LawNotKnown("whether an agreement that no court made its own order counts")
    value = federal().value("firearm_bar_requires", day)
    needed = m.settled(value, "firearms", "What must the order be?", order)
    if order.without_jurisdiction:
        raise LawNotKnown("whether an order of a court without power bars firearms")
    if not in_force(m, order, day):
        return m.conclude("not-barred")
    for test in needed:
        met, says = _FIREARM[test](m, order, day)
        m.because(test, says, met=met, value=value.about(test), facts=[order])
        if not met:
            return m.conclude("not-barred")
    if not _all_the_same(m, order, day):
        return m.conclude("not-barred")
    m.because(
        "firearms", "All that federal law asks for is there, so the bar applies.", met=True, value=value, facts=[order]
    )
    return m.conclude("barred")


def _all_the_same(m: Matter, order: Order, day: date) -> bool:
    """What people think lifts the bar and, as far as authority was read, does not."""
    wrong = "An order that should not have been made bars firearms until a court sets it aside."
    agreed = "That both agreed to the order changes nothing."
    points = ((order.wrongly_made, "wrong_order_bars", wrong), (order.agreed, "agreed_order_bars", agreed))
    for fact, name, says in points:
        value = federal().get(name, day) if fact else None
        if value and not m.settled(value, name, says, order):
            m.because(name, "Federal law lets that count.", met=False, value=value, facts=[order])
            return False
        if value:
            m.because(name, says, met=True, value=value, facts=[order], aside=True)
    return True


def _noticed_hearing(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    heard = False if order.kind in SHORT and order.hearing_notice is None else order.hearing_notice
    if heard is None:
        raise NotStated("whether the order followed a hearing with notice")
    says = "The order followed a hearing with notice and a chance to take part."
    return heard, says if heard else "The order was made without a hearing with notice."


def _partner(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    partners = m.settled(federal().value("partner_ties", day), "partner", "Who is a partner?", order)
    found = [_near(m, order.binds, person, partners) for person in order.protects]
    if any(found):
        return True, "It protects a partner in the sense of federal law."
    if None in found or not found:
        raise NotStated("enough of what the people are to each other")
    return False, "It protects nobody whom federal law calls a partner."


def _near(m: Matter, bound: str, person: str, partners: tuple[str, ...]) -> bool | None:
    """Whether somebody is a partner of the restrained person or their child; None if the story leaves it open."""
    tie = m.scenario.tie(bound, person)
    if tie is None or (tie.tie == "relatives" and m.scenario.people[person].age is not None):
        return None
    if tie.tie in partners or tie.child_in_common:
        return True
    if tie.tie in LIVING_AS_PARTNERS and "lived-together" in partners:
        return tie.lived_together
    return False


def _restrains(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    met = bool({"abuse", "harass", "contact"} & set(order.forbids))
    return met, "It restrains harassment or threats." if met else "It does not restrain harassment or threats."


def _threat_or_force(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    if order.finds_threat:
        return True, "It finds a credible threat."
    if _bars_force(m, order, day):
        return True, "It forbids force in so many words."
    if order.finds_threat is None:
        raise NotStated("whether the judge found a credible threat")
    return False, "It neither finds a threat nor forbids force."


def _bars_force(m: Matter, order: Order, day: date) -> bool:
    """Whether the paper forbids force: as the story says, else by a term that amounts to it."""
    if order.bars_force is not None:
        return order.bars_force
    value = federal().get("force_terms", day)
    if value is None:
        raise NotStated("whether the order forbids force")
    return bool(set(m.settled(value, "force", "Which terms forbid force?", order)) & set(order.forbids))


_FIREARM = {
    "noticed-hearing": _noticed_hearing,
    "partner-or-child": _partner,
    "restrains-harassment": _restrains,
    "threat-finding-or-force-term": _threat_or_force,
}
