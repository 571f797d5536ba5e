"""Whether an act comes too near: to a person, to a place, or by following."""

from grader.facts import Event, Order
from grader.law import LawNotKnown
from grader.rules.matter import Matter, NotStated
from grader.words import FACE_TO_FACE, PROXIMITY, THERE

TO_A_PERSON = {"follow", "meet", "approach"}
OFTEN_NAMED = {"home", "work", "school", "next-door"}


def near(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    """The term against coming near that an act touches, if any."""
    if act.did not in THERE and act.by != "in-person":
        return None
    if "vacate" in terms and act.at == "home":
        m.because("term", "The order says to leave the home and remain away from it.", met=True, facts=[order, act])
        return "vacate"
    if "stay-away" in terms and _everywhere(m, order, act):
        return "stay-away" if _anywhere(m, order, act) else None
    found = None
    if "stay-away" in terms:
        too_near = _at_place(m, order, act) or _near_person(m, order, act) or _followed(m, order, act)
        found = "stay-away" if too_near else None
    elif "contact" in terms and act.did in PROXIMITY and _present(m, order, act):
        found = "contact" if _silent(m, order, act) else None
    if found is None:
        _place_told(order, act, terms)
    return found


def _place_told(order: Order, act: Event, terms: frozenset[str]) -> None:
    """Stop where a place decides that the story leaves out: where the act was, or from what the order keeps away."""
    measured = act.distance is not None and order.distance is not None
    going = act.did in PROXIMITY - TO_A_PERSON and not measured
    named = "vacate" in terms or ("stay-away" in terms and bool(order.places))
    if going and named and act.at is None and act.beside is None:
        raise NotStated("where this was")
    bare = "stay-away" in terms and not order.places and order.distance is None
    if going and bare and {act.at, act.beside} & OFTEN_NAMED:
        raise NotStated("from which places the order keeps away")


def _everywhere(m: Matter, order: Order, act: Event) -> bool:
    """Whether nothing but a ban on every place where the protected person happens to be can cover an act."""
    named = act.at in order.places or act.beside in order.places or order.distance is not None
    return "anywhere" in order.places and not named and act.present is not False and m.guards(order, act.whom)


def _anywhere(m: Matter, order: Order, act: Event) -> bool:
    value = m.local(order).value("anywhere_may_be_barred", act.day)
    yes = bool(m.settled(value, "term", "May an order name every place where somebody happens to be?", order, act))
    says = "The order names every place where the protected person happens to be. "
    says += "That holds here." if yes else "A court may not forbid that, so nobody can break it."
    m.because("term", says, met=yes, value=value, facts=[order, act])
    return yes


def _at_place(m: Matter, order: Order, act: Event) -> bool:
    beside = act.beside or ("home" if act.at == "next-door" else None)
    if beside in order.places and (act.present is not True or act.within_reach is not None):
        return _beside(m, order, act)
    if act.at not in order.places:
        return False
    if act.present is not False:
        return _there(m, order, act)
    absent = m.local(order).value("stay_away_when_absent", act.day)
    says = "The order names this place, and it holds while the protected person is away."
    if not m.settled(absent, "term", "Does the term hold while nobody is there?", order, act):
        return False
    m.because("term", says, met=True, value=absent, facts=[order, act])
    return True


def _there(m: Matter, order: Order, act: Event) -> bool:
    """Being at a named place breaks the term, unless the law punishes contact only."""
    if _only_contact_counts(m, order, act):
        return False
    m.because("term", "The order names this place as one to stay away from.", met=True, facts=[order, act])
    return True


def _only_contact_counts(m: Matter, order: Order, act: Event) -> bool:
    near = m.local(order).get("near_is_contact", act.day)
    if near is None or near.value is not False:
        return False
    m.because("term", "Being there alone is not a breach.", met=False, value=near, facts=[order, act])
    return True


def _beside(m: Matter, order: Order, act: Event) -> bool:
    """A distance that the order names decides; without one, whether somebody who comes or goes is within reach."""
    if order.distance is not None and act.distance is not None:
        return _measured(m, order, act)
    if act.within_reach is None:
        raise NotStated("how near to the place this was, and how near the order allows")
    value = m.local(order).value("reach_is_breach", act.day)
    if not m.settled(value, "term", "Is being within reach of the place enough?", order, act):
        return False
    near = "near enough" if act.within_reach else "not near enough"
    says = f"{m.name(act.who)} was {near} to reach somebody who comes to the place or leaves it."
    m.because("term", says, met=act.within_reach, value=value, facts=[order, act])
    return act.within_reach


def _near_person(m: Matter, order: Order, act: Event) -> bool:
    if act.within_reach is False and act.beside in order.places and not act.present and order.distance is None:
        return False
    if act.present is False:
        if order.places and order.distance and act.distance is not None and act.distance < order.distance:
            raise NotStated(f"what was {act.distance} yards away while nobody was there")
        return False
    if not m.guards(order, act.whom) and not act.present:
        return False
    if order.distance and act.distance is not None:
        return _measured(m, order, act)
    if act.did == "stay" and _only_contact_counts(m, order, act):
        return False
    if act.did in FACE_TO_FACE or act.by == "in-person":
        says = "The order says to stay away. They met face to face."
        m.because("term", says, met=True, facts=[order, act])
        return True
    if (order.distance or order.places) and _only_contact_counts(m, order, act):
        return False
    if order.distance or order.places:
        raise NotStated(f"how near {m.name(act.who)} came, and how near the order allows")
    if act.distance is not None:
        raise LawNotKnown("how near is too near where the order names no distance")
    m.because("term", "The order says to stay away from the protected person.", met=True, facts=[order, act])
    return _counts(m, order, act)


def _followed(m: Matter, order: Order, act: Event) -> bool:
    """Whether following the protected person breaks a term to stay away although a distance was kept."""
    if act.did != "follow" or act.present is False or not m.guards(order, act.whom):
        return False
    value = m.local(order).value("following_is_breach", act.day)
    yes = bool(m.settled(value, "term", "Is following a breach although a distance is kept?", order, act))
    says = "Following somebody who will notice it is no staying away, whatever the distance."
    m.because("term", says if yes else "The distance was kept.", met=yes, value=value, facts=[order, act])
    return yes


def _measured(m: Matter, order: Order, act: Event) -> bool:
    inside = act.distance is not None and order.distance is not None and act.distance < order.distance
    says = f"The order keeps {m.name(order.binds)} {order.distance} yards away; this was {act.distance} yards."
    m.because("term", says, met=inside, facts=[order, act])
    return inside and _counts(m, order, act)


def _counts(m: Matter, order: Order, act: Event) -> bool:
    near = m.local(order).value("near_is_contact", act.day)
    yes = bool(m.settled(near, "term", "Is coming near enough without a word?", order, act))
    says = "Coming near breaks the term without a word being spoken." if yes else "Coming near alone is not a breach."
    m.because("term", says, met=yes, value=near, facts=[order, act])
    return yes


def _present(m: Matter, order: Order, act: Event) -> bool:
    if not m.guards(order, act.whom) or act.present is False:
        return False
    if act.present is None and act.did != "follow":
        raise NotStated(f"whether {m.name(act.whom)} was there")
    return True


def _silent(m: Matter, order: Order, act: Event) -> bool:
    """Under a bare term against contact, whether being near without a word is contact."""
    if act.accident and act.left in ("at-once", "unaware"):
        says = "The order forbids contact. Whether coming near is contact need not be decided here."
        m.because("term", says, facts=[order, act])
        return True
    value = m.local(order).value("presence_is_contact", act.day)
    yes = bool(m.settled(value, "term", "Is being near contact, without a word?", order, act))
    says = "Being near on purpose is contact too." if yes else "Being near without a word is not contact."
    m.because("term", says, met=yes, value=value, facts=[order, act])
    return yes
