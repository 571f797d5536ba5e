"""What people and courts did, in a few words for a mark in a picture.

What stands in [ ] is left out where nobody is named.
"""

import re
from collections.abc import Mapping

from grader.facts import Case, Event, Scenario
from grader.messages import say
from grader.pictures.svg import isolated
from grader.words import MEANINGS

SOMEBODY_DOES: Mapping[str, str] = {
    "call": "telephones[ {whom}]", "text": "sends[ {whom}] a text message", "email": "sends[ {whom}] an e-mail",
    "write": "sends[ {whom}] a letter", "message": "messages[ {whom}] on social media", "speak": "speaks[ to {whom}]",
    "reply": "answers a message or call[ from {whom}]", "post": "posts in public[ about {whom}]",
    "tag": "tags or mentions[ {whom}] in a post", "gift": "sends[ {whom}] a gift",
    "gesture": "makes a sign[ to {whom}]",
    "film": "films[ {whom}]", "visit": "goes to see[ {whom}]", "approach": "walks up[ to {whom}]",
    "follow": "follows[ {whom}]", "wait-near": "waits near[ {whom}]", "come-near": "comes near[ {whom}]",
    "pass-by": "passes by[ {whom}]", "enter": "enters a place[ of {whom}]", "stay": "stays[ where {whom} is]",
    "meet": "meets[ {whom}]", "live-with": "lives[ with {whom}]", "look-for": "tries to find out where[ {whom}] is",
    "threaten": "threatens[ {whom}]", "hit": "uses force[ against {whom}]", "damage": "damages property[ of {whom}]",
    "possess-firearm": "has a firearm", "withhold-support": "does not pay support[ to {whom}]",
    "withhold-compensation": "does not pay compensation[ to {whom}]",
    "keep-child": "keeps a child beyond the agreed time", "invite": "invites contact[ by {whom}]",
    "agree": "agrees to contact[ with {whom}]", "nothing": "does nothing",
    "ask-other-to-tell": "asks somebody to pass something on[ to {whom}]",
    "pass-on": "passes something on[ to {whom}] for another", "serve-papers": "delivers court papers[ to {whom}]",
    "petition": "files a petition[ against {whom}]", "respond": "files a response only",
    "cross-petition": "files a petition of their own[ against {whom}]",
    "ask-aloud": "asks in court without a paper[ for an order against {whom}]",
    "move-to-end": "asks the court to end {order}", "move-to-change": "asks the court to change {order}",
    "move-to-renew": "asks the court to renew or extend {order}", "drop-petition": "withdraws the petition",
    "appear": "comes to the hearing", "miss-hearing": "does not come to the hearing",
    "charge": "is charged with a crime",
    "ask-prosecutor": "tells the prosecutor a wish", "acquit": "is found not guilty",
    "convict": "is convicted or pleads guilty", "sentence": "is sentenced", "end-sentence": "has served a sentence",
    "end-probation": "comes to the end of probation",
    "permit": "gives permission[ to {whom}]", "register": "has {order} registered in another state",
    "cross-line": "travels across a state line", "arrest": "is arrested", "commit": "is sent to jail or prison",
}  # fmt: skip
A_COURT_DOES: Mapping[str, str] = {
    "end-order": "The court ends {order} in writing", "change-order": "The court changes {order} in writing",
    "extend-order": "The court extends {order}", "hearing": "A hearing is held",
    "move-to-renew": "The court is asked to renew or extend {order}",
    "convict": "There is a conviction or plea of guilty",
    "register": "{order} is registered in another state", "acquit": "The verdict is not guilty",
}  # fmt: skip
OWN_STEPS = frozenset(
    {
        "hearing",
        "no-hearing",
        "end-order",
        "change-order",
        "extend-order",
        "say-from-bench",
        "dismiss",
        "prosecutor-drops",
    }
)


def done(event: Event, scenario: Scenario, order: str) -> str:
    """One event as a sentence; ``order`` is what the order it may be about is called here."""
    whom = isolated(scenario.name(event.whom)) if event.whom and event.whom != event.who else ""
    if event.who is None or event.did in OWN_STEPS:
        said = A_COURT_DOES.get(event.did) or MEANINGS["act"][event.did]
    else:
        said = f"{{who}} {SOMEBODY_DOES.get(event.did) or MEANINGS['act'][event.did]}"
    said = re.sub(r"\[([^\]]*)\]", r"\1" if whom else "", said)
    who = isolated(scenario.name(event.who)) if event.who else ""
    sentence = said.format(who=who, whom=whom, order=order)
    if event.through:
        sentence = say("picture-through", said=sentence, through=isolated(scenario.name(event.through)))
    return f"{sentence[:1].upper()}{sentence[1:]}."


def begun(case: Case, scenario: Scenario) -> str:
    """The beginning of a case as a sentence."""
    return say(f"picture-case-{case.kind}", against=isolated(scenario.name(case.against)))
