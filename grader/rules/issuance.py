"""Which court makes an order, who starts it, and what kind of order it is."""

from grader.facts import Order, Relation
from grader.findings import Finding
from grader.law import LawNotKnown, OrderLaw, Value
from grader.rules.ending import case_end, within_power
from grader.rules.matter import Matter, NotStated, cap, listed, rule
from grader.rules.proof import shown

SAID = {
    "protected-person": "the person to be protected",
    "prosecutor": "the prosecutor",
    "court": "the court itself",
    "officer": "a police officer",
    "employer": "an employer or a union",
    "agreement": "both sides by agreement",
}


@rule("issuance.which_court", "order")
def which_court(m: Matter, *, order: Order) -> Finding:
    """Decide whether an order stands in a civil docket or in a criminal case."""
    rules, value = _origin(m, order)
    where = "a civil docket" if rules.family == "civil" else "the criminal case"
    m.because("court", f"{cap(m.the(order))} stands in {where}.", value=value, facts=[order])
    return m.conclude(f"{rules.family}-court")


@rule("issuance.kind_of_order", "order")
def kind_of_order(m: Matter, *, order: Order) -> Finding:
    """Decide whether an order is what people call a restraining order or a no-contact order."""
    rules, value = _origin(m, order)
    civil = rules.family == "civil"
    comes = "is a civil order: a restraining order" if civil else "comes from a criminal case: a no-contact order"
    m.because("kind", f"{cap(m.the(order))} {comes}.", value=value, facts=[order])
    return m.conclude("restraining-order" if civil else "no-contact-order")


def _origin(m: Matter, order: Order) -> tuple[OrderLaw, Value]:
    """The law of the order and the authority that shows where it comes from."""
    if order.kind == "agreement":
        raise LawNotKnown("where an agreement belongs that no court made its own order")
    rules = m.issuing(order)
    value = rules.get("needs_criminal_case", order.day) or rules.value("started_by", order.day)
    m.settled(value, "origin", "Where does the order come from?", order)
    return rules, value


@rule("issuance.who_starts", "order")
def who_starts(m: Matter, *, order: Order) -> Finding:
    """Decide who may set an order in motion."""
    value = m.issuing(order).value("started_by", order.day)
    who = m.settled(value, "who starts", "Who may set the order in motion?", order)
    says = f"{cap(m.the(order))} is set in motion by {listed([SAID[word] for word in who], 'or')}."
    m.because("who starts", says, value=value, facts=[order])
    return m.conclude(frozenset(who))


@rule("issuance.relationship_fits", "order")
def relationship_fits(m: Matter, *, order: Order) -> Finding:
    """Decide whether what the people are to each other is one of the ties that such an order needs."""
    relations = [m.scenario.tie(order.binds, person) for person in order.protects]
    known = [relation for relation in relations if relation]
    if not known:
        raise NotStated("what the people are to each other")
    value = m.issuing(order).value("ties", order.day)
    m.settled(value, "ties", "What must the people be to each other?", order)
    fits = any(_tied(relation, value) for relation in known)
    tie = known[0].tie.replace("-", " ")
    says = f"The tie “{tie}” is {'one' if fits else 'none'} of those that {m.the(order)} asks for."
    m.because("ties", says, met=fits, value=value, facts=[order, *known])
    return m.conclude("fits" if fits else "does-not-fit")


@rule("issuance.may_make", "order")
def may_make(m: Matter, *, order: Order) -> Finding:
    """Decide whether the court has the power to make an order.

    Elements: the law gives the power in such a case, and for people with such ties; an order made for a pending
    criminal case comes before the end of the case; where the story tells of the request, its ground is shown.
    """
    if not within_power(m, order):
        return m.conclude("may-not")
    end = case_end(m.quiet(), order)
    if end and (end.day, m.scenario.line_of(end)) < (order.day, m.scenario.line_of(order)):
        case_end(m, order)
        return m.conclude("may-not")
    value = m.issuing(order).value("may_be_made", order.day)
    if _strangers_to_it(m, order) or not shown(m, order):
        return m.conclude("may-not")
    m.settled(value, "power", f"Is {m.the(order)} called for?", order)
    m.because("power", f"The court has the power to make {m.the(order)}.", met=True, value=value, facts=[order])
    return m.conclude("may")


def _strangers_to_it(m: Matter, order: Order) -> bool:
    """Whether nobody whom the order protects has a tie to the bound person that the law asks for."""
    value = m.issuing(order).get("ties", order.day)
    known = [relation for person in order.protects if (relation := m.scenario.tie(order.binds, person))]
    if value is None or value.open or not known or any(_tied(relation, value) for relation in known):
        return False
    says = f"{cap(m.the(order))} protects people with other ties than these."
    m.because("ties", says, met=False, value=value, facts=[order, *known])
    return True


def _tied(relation: Relation, value: Value) -> bool:
    """Whether two people have one of the ties: as named, as parents of one child or as people of one household."""
    shared = relation.child_in_common and "co-parents" in value.value
    return bool(relation.tie in value.value or shared or (relation.lived_together and "household" in value.value))
