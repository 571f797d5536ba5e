"""Whether what an order rests on was shown to the court that made it."""

from grader.facts import Event, Order
from grader.law import LawNotKnown
from grader.rules.matter import Matter, NotStated
from grader.rules.pairs import petition


def shown(m: Matter, order: Order) -> bool:
    """Whether the ground of the request for an order was shown, as far as the story tells of one; records why not."""
    asked = _request(m, order)
    if asked is None or asked.proved:
        return True
    value = m.issuing(order).get("order_needs_proof", order.day)
    if asked.proved is None and asked.showing != "none":
        if value is None or value.value is not True:
            return True
        raise NotStated("whether the ground of the request was shown")
    if value is None:
        raise LawNotKnown("whether the court may make such an order although its ground was not shown")
    needed = bool(m.settled(value, "proof", "Must the ground of the order be shown?", order, asked))
    says = f"The ground that {m.the(order)} needs was not shown."
    m.because("proof", says, met=not needed, value=value, facts=[order, asked])
    return not needed


def _request(m: Matter, order: Order) -> Event | None:
    """The petition behind an order, or else the hearing about it or about its case, that came last before it."""
    heard = [e for e in m.events("hearing") if e.order == order.id or (e.case and e.case == order.case)]
    return petition(m, order) or next((e for e in reversed(heard) if e.day <= order.day), None)
