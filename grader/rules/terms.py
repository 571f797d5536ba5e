"""Which terms an order has when an act happens, and which of them the act touches."""

from grader.facts import Event, Fact, Order
from grader.law import LawNotKnown
from grader.rules.ill_will import ill_will
from grader.rules.matter import Matter, NotStated, listed
from grader.rules.places import place_told
from grader.words import CONTACT, PROXIMITY

NAMES = {
    "abuse": "abuse",
    "harass": "harassment",
    "contact": "any contact",
    "stay-away": "coming near",
    "vacate": "being at the home",
    "posting": "posting about the protected person",
    "firearms": "having firearms",
    "locate": "trying to find the protected person",
    "support": "not paying support",
    "custody": "going against the custody order",
    "compensation": "not paying compensation",
}
ONE_TERM = {
    "hit": "abuse",
    "threaten": "abuse",
    "damage": "harass",
    "look-for": "locate",
    "post": "posting",
    "tag": "posting",
    "possess-firearm": "firearms",
    "withhold-support": "support",
    "keep-child": "custody",
}
ELECTRONIC = {"text", "email", "message", "tag"}
FACE_TO_FACE = {"speak", "gesture", "meet", "visit", "approach", "live-with", "stay", "hit"}
REACHING = (CONTACT | {"pass-on", "serve-papers", "hit", "threaten"}) - {"film"}
THERE = PROXIMITY | FACE_TO_FACE | {"film", "damage"}


def terms_on(m: Matter, order: Order, act: Event) -> frozenset[str]:
    """The terms in force when an act happens: as made, less what the court took away in writing."""
    if not order.forbids:
        raise NotStated("what the order forbids")
    return frozenset(order.forbids) - {term for change in changes(m, order, act) for term in change.drops}


def changes(m: Matter, order: Order, act: Event) -> list[Event]:
    """The written changes of an order before an act."""
    made = m.events("change-order")
    return [e for e in made if m.about(e, order) and e.written is not False and m.by_then(e, act.day, act)]


def touched(m: Matter, order: Order, act: Event) -> str | None:
    """The term of the order that covers an act, or None; records why."""
    terms = terms_on(m, order, act)
    if not order.protects and order.protects_children_under is None and act.did in REACHING | THERE:
        raise NotStated("whom the order protects")
    term = _term(m, order, act, terms - set(order.unauthorised)) or _void(m, order, act, terms)
    if term is None:
        # that a court need not forbid all contact is what makes this order's silence count
        silent = act.did in REACHING and "contact" not in terms
        value = m.local(order).get("no_contact_automatic", act.day) if silent else None
        facts: list[Fact | None] = [order, *changes(m, order, act), act]
        if value or not _told(m):
            m.because("term", _why_not(m, order, act, terms), met=False, value=value, facts=facts)
    elif term not in (None, "contact", "stay-away", "vacate"):
        m.because("term", f"The order forbids {NAMES[term]}.", met=True, facts=[order, act])
    return term


def _told(m: Matter) -> bool:
    """Whether the last step already says why a term does not cover the act."""
    last = m.argument.steps[-1:]
    return bool(last) and last[0].element == "term" and last[0].met is False


def _void(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    """The term that no statute lets the court make, if an act goes against it and it must be obeyed all the same."""
    term = _term(m.quiet(), order, act, terms & set(order.unauthorised))
    if term is None:
        return None
    value = m.local(order).value("void_term_binds", act.day)
    binds = bool(m.settled(value, "term", "Does a term bind that no statute lets the court make?", order))
    must = "It must be obeyed all the same." if binds else "Nobody can break it."
    says = f"No statute lets the court forbid {NAMES[term]} here. {must}"
    m.because("term", says, met=binds, value=value, facts=[order, act])
    return term if binds else None


def _why_not(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str:
    named = [NAMES[term] for term in order.forbids if term in terms]
    if act.whom and "contact" in terms and act.did in REACHING and not m.guards(order, act.whom):
        return f"The order does not protect {m.name(act.whom)}, at whom this was aimed."
    return f"The order forbids {listed(named)}. This is not that." if named else "The order forbids nothing any more."


def _term(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    if ONE_TERM.get(act.did) in terms and not _elsewhere(m, order, act):
        return ONE_TERM[act.did]
    if "contact" in terms and _reaches(m, order, act) and not _only_there(m, order, act):
        return _contact(m, order, act)
    if act.did == "post" and "contact" in terms:
        return _public(m, order, act)
    if near := _near(m, order, act, terms):
        return near
    if "contact" in terms and act.did == "film" and m.guards(order, act.whom) and _filmed(m, order, act):
        return "contact"
    return ill_will(m, order, act, terms) if act.did in REACHING | THERE else None


def _elsewhere(m: Matter, order: Order, act: Event) -> bool:
    """Whether force, a threat or a post was aimed at somebody whom the order does not protect."""
    return act.did in ("hit", "threaten", "post", "tag") and act.whom is not None and not m.guards(order, act.whom)


def _filmed(m: Matter, order: Order, act: Event) -> bool:
    value = m.local(order).value("filming_is_contact", act.day)
    yes = bool(m.settled(value, "term", "Is filming somebody contact?", order, act))
    says = "Filming the protected person is contact." if yes else "Nobody had to expect that filming counts as contact."
    m.because("term", says, met=yes, value=value, facts=[order, act])
    return yes


def _reaches(m: Matter, order: Order, act: Event) -> bool:
    """Whether an act is a way of reaching a person, and reached for somebody the order protects."""
    if act.did not in REACHING or (act.did in FACE_TO_FACE and act.present is False):
        return False
    if act.whom is None:
        raise NotStated("at whom the act was aimed")
    if act.did in ("ask-other-to-tell", "pass-on") and not m.guards(order, act.whom):
        raise NotStated("for whom the message was")
    return m.guards(order, act.whom)


def _only_there(m: Matter, order: Order, act: Event) -> bool:
    """Whether somebody merely stayed where the other was, in a place where that alone is no contact."""
    value = m.local(order).get("presence_is_contact", act.day) if act.did == "stay" else None
    return value is not None and value.value is False


def _contact(m: Matter, order: Order, act: Event) -> str:
    """A term against contact speaks for itself; where an authority says so too, it is cited."""
    rules = m.local(order)
    if act.through or act.did == "ask-other-to-tell" or act.who != order.binds:
        name, says = "through_others", "A message sent through somebody else is contact."
    else:
        name = "electronic_is_contact" if act.did in ELECTRONIC else ""
        says = "The order forbids contact, and this is contact."
    value = rules.get(name, act.day)
    if value and not m.settled(value, "term", says, order, act):
        raise LawNotKnown("what makes this contact")
    value = value or rules.get("one_act_is_enough", act.day) or rules.get("breach_is", act.day, "contact")
    m.because("term", says, met=True, value=value, facts=[order, act])
    return "contact"


def _public(m: Matter, order: Order, act: Event) -> str | None:
    """What is said in public is contact where it is aimed at the protected person and carried to that person."""
    if (act.by == "social-media" or act.through) and m.guards(order, act.whom):
        return _contact(m, order, act)
    if act.reached and m.guards(order, act.whom):
        value, says = m.local(order).value("aimed_post_is_contact", act.day), "The post was aimed at somebody and read."
    else:
        value, says = m.local(order).value("post_reaches", act.day), "Is a post that is open to everybody contact?"
    if not m.settled(value, "term", says, order, act):
        return None
    m.because("term", "A post that is open to everybody is contact too.", met=True, value=value, facts=[order, act])
    return "contact"


def _near(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
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
        near = _at_place(m, order, act) or _near_person(m, order, act) or _followed(m, order, act)
        found = "stay-away" if near else None
    elif "contact" in terms and act.did in PROXIMITY and _present(m, order, act):
        found = "contact" if _silent(m, order, act) else None
    if found is None:
        place_told(order, act, terms)
    return found


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
    if act.accident and act.left == "at-once":
        says = "The order forbids contact. Whether coming near is contact need not be decided here."
        m.because("term", says, facts=[order, act])
        return True
    value = m.local(order).value("presence_is_contact", act.day)
    yes = bool(m.settled(value, "term", "Is being near contact, without a word?", order, act))
    says = "Being near on purpose is contact too." if yes else "Being near without a word is not contact."
    m.because("term", says, met=yes, value=value, facts=[order, act])
    return yes
