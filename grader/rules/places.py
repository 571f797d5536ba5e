"""What a story must say of places before an act counts as no coming near."""

from grader.facts import Event, Order
from grader.rules.matter import NotStated
from grader.words import PROXIMITY

TO_A_PERSON = {"follow", "meet", "approach"}
OFTEN_NAMED = {"home", "work", "school", "next-door"}


def place_told(order: Order, act: Event, terms: frozenset[str]) -> None:
    """Stop where a place decides that the story leaves out: where the act was, or from what the order keeps away."""
    measured = act.distance is not None and order.distance is not None
    going = act.did in PROXIMITY - TO_A_PERSON and not measured
    named = "vacate" in terms or ("stay-away" in terms and bool(order.places))
    if going and named and act.at is None and act.beside is None:
        raise NotStated("where this was")
    bare = "stay-away" in terms and not order.places and order.distance is None
    if going and bare and {act.at, act.beside} & OFTEN_NAMED:
        raise NotStated("from which places the order keeps away")
