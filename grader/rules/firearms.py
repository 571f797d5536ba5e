"""Whether federal law bars the restrained person from firearms while under an order."""

from datetime import date

from grader.facts import Order
from grader.findings import Finding
from grader.rules.ending import SHORT, federal, stands_on
from grader.rules.matter import Matter, NotStated, rule


@rule("violations.firearm_bar", "order", "day")
def firearm_bar(m: Matter, *, order: Order, day: date) -> Finding:
    """Decide whether federal law bars the restrained person from firearms while under an order.

    Elements: the order is in force; it followed a hearing with notice and a chance to take part; it
    protects a partner or child; it restrains harassment or threats; it finds a credible threat or in
    terms forbids force.
    """
    value = federal().value("firearm_bar_requires", day)
    needed = m.settled(value, "firearms", "What must the order be?", order)
    if not stands_on(m, order, day):
        return m.conclude("not-barred")
    for test in needed:
        met, says = _FIREARM[test](m, order, day)
        m.because(test, says, met=met, value=value, facts=[order])
        if not met:
            return m.conclude("not-barred")
    m.because(
        "firearms", "All that federal law asks for is there, so the bar applies.", met=True, value=value, facts=[order]
    )
    return m.conclude("barred")


def _noticed_hearing(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    heard = False if order.kind in SHORT else order.hearing_notice
    if heard is None:
        raise NotStated("whether the order followed a hearing with notice")
    says = "The order followed a hearing with notice and a chance to take part."
    return heard, says if heard else "The order was made without a hearing with notice."


def _partner(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    partners = m.settled(federal().value("partner_ties", day), "partner", "Who is a partner?", order)
    ties = [tie for person in order.protects if (tie := m.scenario.tie(order.binds, person))]
    if not ties:
        raise NotStated("what the two people are to each other")
    near = any(
        t.tie in partners or t.child_in_common or (t.lived_together and "lived-together" in partners) for t in ties
    )
    return near, "It protects " + (
        "a partner in the sense of federal law." if near else "nobody whom federal law calls a partner."
    )


def _restrains(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    met = bool({"abuse", "harass", "contact"} & set(order.forbids))
    return met, "It restrains harassment or threats." if met else "It does not restrain harassment or threats."


def _threat_or_force(m: Matter, order: Order, day: date) -> tuple[bool, str]:
    if order.finds_threat is None and order.bars_force is None:
        raise NotStated("whether the order finds a threat or forbids force")
    met = bool(order.finds_threat or order.bars_force)
    return (
        met,
        "It finds a credible threat or forbids force." if met else "It neither finds a threat nor forbids force.",
    )


_FIREARM = {
    "noticed-hearing": _noticed_hearing,
    "partner-or-child": _partner,
    "restrains-harassment": _restrains,
    "threat-finding-or-force-term": _threat_or_force,
}
