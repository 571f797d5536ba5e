"""Whether federal law bars the restrained person from firearms while under an order, and when having one is a crime."""

from datetime import date

from grader.facts import Event, Order
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
    return m.conclude("barred" if _barred(m, order, day) else "not-barred")


@rule("violations.firearm_crime", "act", "order")
def firearm_crime(m: Matter, *, act: Event, order: Order) -> Finding:
    """Decide whether having a firearm while under an order is a federal crime.

    Elements: the order binds the person; federal law bars that person from firearms on the day; the firearm was not
    that of a public office, for its duty; the person knew of the order. Knowing of the bar is no element.
    """
    if act.did != "possess-firearm" or act.who is None:
        raise NotStated("who had a firearm")
    value = federal().value("firearm_bar_requires", act.day)
    if act.who != order.binds:
        says = f"The order binds {m.name(order.binds)}, not {m.name(act.who)}."
        m.because("bound", says, met=False, value=value, facts=[order, act])
        return m.conclude("no-federal-crime")
    met = _barred(m, order, act.day) and not _official(m, act) and _knew(m, act, order)
    return m.conclude("federal-crime" if met else "no-federal-crime")


def _barred(m: Matter, order: Order, day: date) -> bool:
    if order.kind == "agreement":
        raise LawNotKnown("whether an agreement that no court made its own order counts")
    value = federal().value("firearm_bar_requires", day)
    needed = m.settled(value, "firearms", "What must the order be?", order)
    if order.without_jurisdiction:
        raise LawNotKnown("whether an order of a court without power bars firearms")
    if not in_force(m, order, day):
        return False
    for test in needed:
        met, says = _FIREARM[test](m, order, day)
        m.because(test, says, met=met, value=value.about(test), facts=[order])
        if not met:
            return False
    if not _all_the_same(m, order, day):
        return False
    says = "All that federal law asks for is there, so the bar applies."
    m.because("firearms", says, met=True, value=value, facts=[order])
    return True


def _official(m: Matter, act: Event) -> bool:
    """Whether the weapon is that of a public office, carried for its duty, and federal law lets that be."""
    if act.purpose != "official-duty":
        return False
    value = federal().value("official_weapon_exempt", act.day)
    exempt = bool(m.settled(value, "official", "Is the weapon of a public office exempt?", act))
    says = (
        "The bar " + ("leaves out" if exempt else "takes in") + " the weapon that a public office issued for its duty."
    )
    m.because("official", says, met=not exempt, value=value, facts=[act])
    return exempt


def _knew(m: Matter, act: Event, order: Order) -> bool:
    """Whether the person knew of the order, and of the bar where the law asks for that."""
    value, name = federal().get("order_must_be_known", act.day), m.name(order.binds)
    if order.how_noticed is None:
        raise NotStated(f"whether {name} knew of the order")
    knew = order.how_noticed != "none" and order.noticed is not None and order.noticed <= act.day
    if not knew:
        value = federal().value("order_must_be_known", act.day)
        needed = bool(m.settled(value, "knowledge", "Must the person have known of the order?", order))
        m.because("knowledge", f"{name} did not know of the order.", met=not needed, value=value, facts=[order, act])
        return not needed
    if act.believes and not _ignorance_is_no_defence(m, act):
        return False
    m.because("knowledge", f"{name} knew of the order and had a firearm.", met=True, value=value, facts=[order, act])
    return True


def _ignorance_is_no_defence(m: Matter, act: Event) -> bool:
    """Whether the bar holds for somebody who thought that having a firearm was allowed; records why."""
    value = federal().value("bar_must_be_known", act.day)
    excuse = bool(m.settled(value, "belief", "Must the person have known of the bar?", act))
    says = "Not knowing that the law bars firearms is " + ("a defence." if excuse else "no defence.")
    m.because("belief", says, met=not excuse, value=value, facts=[act], aside=not excuse)
    return not excuse


def _all_the_same(m: Matter, order: Order, day: date) -> bool:
    """What people think lifts the bar and, as far as authority was read, does not."""
    wrong = "An order that should not have been made bars firearms until a court sets it aside."
    agreed = "That both agreed to the order changes nothing."
    points = ((order.wrongly_made, "wrong_order_bars", wrong), (order.agreed, "agreed_order_bars", agreed))
    for fact, name, says in points:
        value = federal().get(name, day) if fact else None
        if value and not m.settled(value, name, "Does that lift the bar?", order):
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
    if not order.forbids:
        raise NotStated("what the order forbids")
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
