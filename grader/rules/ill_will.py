"""Acts of ill will: which of them a term against harassing covers."""

from grader.facts import Event, Order
from grader.law import LawNotKnown
from grader.rules.matter import Matter, NotStated
from grader.words import HARM

DOES = {
    "annoys": "would only annoy a reasonable person",
    "distresses": "would seriously distress a reasonable person",
    "frightens": "would frighten a reasonable person",
}


def ill_will(m: Matter, order: Order, act: Event, terms: frozenset[str]) -> str | None:
    """The term against harassing, if an act breaks it; whether ill will is abuse the word alone does not say."""
    hostile = act.did == "damage" or act.purpose == "harass" or act.peaceful is False
    if not (hostile or act.effect) or not m.guards(order, act.whom):
        return None
    if "harass" in terms and _harasses(m, order, act, hostile):
        return "harass"
    if "abuse" in terms and (hostile or act.effect == "frightens"):
        raise LawNotKnown("whether this is abuse in the sense of the order")
    return None


def _harasses(m: Matter, order: Order, act: Event, hostile: bool) -> bool:
    """Where the law says what harassing is, what the act does decides; elsewhere the plain words of the order do."""
    value = m.local(order).get("harass_covers", act.day)
    if value is None:
        return _plainly(act, hostile)
    covers = m.settled(value, "term", "What does a term against harassing cover?", order, act)
    effect = act.effect or ("frightens" if act.did in HARM else None)
    if effect is None:
        raise NotStated("what the act would do to a reasonable person")
    met = effect in covers
    counts = "is harassing" if met else "is no harassing"
    says = f"The act {DOES[effect]}. In the sense of the law here that {counts}."
    m.because("term", says, met=met, value=value, facts=[order, act])
    return met


def _plainly(act: Event, hostile: bool) -> bool:
    """What is meant to frighten or annoy harasses; of what merely has that effect no authority read speaks."""
    if not hostile:
        raise LawNotKnown("what a term against harassing covers")
    return True
