"""The closed vocabulary of a scenario: every word an author may use, with its meaning.

A word that is not listed here is an error. The lists are plain data so that the reader, the
JSON Schema, the authors' guide and the rules all speak the same language.
"""

from typing import Literal, get_args

Topic = Literal["waiver", "mutual", "duration", "violations", "coexistence", "issuance"]

OrderKind = Literal[
    "emergency",
    "ex-parte",
    "final",
    "release-condition",
    "pretrial-order",
    "pretrial-probation",
    "probation-condition",
    "probation-order",
    "sentence-order",
    "agreement",
]
Ground = Literal["abuse", "harassment", "workplace", "elder", "school"]
Court = Literal["civil", "family", "probate", "juvenile", "criminal", "superior", "limited"]
Tie = Literal[
    "spouses",
    "former-spouses",
    "dating",
    "formerly-dating",
    "household",
    "co-parents",
    "relatives",
    "roommates",
    "neighbours",
    "co-workers",
    "acquaintances",
    "strangers",
]
Term = Literal[
    "abuse",
    "harass",
    "contact",
    "stay-away",
    "vacate",
    "posting",
    "firearms",
    "locate",
    "support",
    "custody",
    "compensation",
]
Permission = Literal[
    "court-papers",
    "counsel",
    "child-exchange",
    "child-call",
    "child-message",
    "peaceful-contact",
    "fetch-belongings",
    "incidental-public",
]
Notice = Literal["served", "in-court", "by-officer", "left-at-home", "told-informally", "mailed", "none"]
Face = Literal["dated", "blank", "until-further-order"]
Findings = Literal["none", "boxes", "oral", "written"]
Asker = Literal["protected-person", "restrained-person", "prosecutor", "court", "officer", "employer", "agreement"]
Offence = Literal[
    "domestic-violence",
    "spousal-injury",
    "stalking",
    "elder-abuse",
    "sex-crime",
    "trafficking",
    "gang",
    "other",
]
Medium = Literal["in-person", "phone", "text", "email", "letter", "social-media", "public-post", "gift", "gesture"]
Place = Literal[
    "home", "work", "school", "public", "court", "event", "next-door", "vehicle", "elsewhere", "own-home", "jail",
    "anywhere",
]  # fmt: skip
Departure = Literal["at-once", "stayed", "unaware"]
Effect = Literal["annoys", "distresses", "frightens"]
Belief = Literal["her-word", "judge-word", "later-paper", "own-reading", "lawyer-word"]
Purpose = Literal[
    "court-papers", "child-exchange", "child-call", "child-message", "fetch-belongings", "reconcile", "apologise",
    "harass", "drop-charges", "business", "settle-case", "official-duty", "none",
]  # fmt: skip
Showing = Literal[
    "none",
    "present-fear",
    "new-abuse",
    "breaches",
    "changed-circumstances",
    "justice",
    "time-and-compliance",
    "past-abuse",
    "unrelated",
    "protected-activity",
    "fear-of-enforcement",
]
Act = Literal[
    "call", "text", "email", "write", "message", "speak", "reply", "post", "tag", "gift", "gesture", "film",
    "visit", "approach", "follow", "wait-near", "come-near", "pass-by", "enter", "stay", "meet", "live-with", "look-for",
    "threaten", "hit", "damage", "possess-firearm",
    "withhold-support", "withhold-compensation", "keep-child", "invite", "agree", "nothing",
    "ask-other-to-tell", "pass-on", "serve-papers",
    "petition", "respond", "cross-petition", "ask-aloud", "move-to-end", "move-to-change", "move-to-renew",
    "drop-petition", "appear", "miss-hearing", "hearing", "no-hearing",
    "charge", "ask-prosecutor", "prosecutor-drops", "dismiss", "acquit", "convict", "sentence", "end-sentence", "end-probation",
    "end-order", "change-order", "extend-order", "say-from-bench", "permit",
    "register", "cross-line", "arrest", "commit",
]  # fmt: skip
CaseKind = Literal["criminal", "civil"]

CONTACT: frozenset[str] = frozenset(
    {"call", "text", "email", "write", "message", "speak", "reply", "tag", "gift", "gesture", "meet", "visit",
     "approach", "live-with", "ask-other-to-tell", "film", "stay"}
)  # fmt: skip
PROXIMITY: frozenset[str] = frozenset(
    {"visit", "approach", "follow", "wait-near", "come-near", "pass-by", "enter", "stay", "meet", "live-with"}
)
FACE_TO_FACE: frozenset[str] = frozenset({"speak", "gesture", "meet", "visit", "approach", "live-with", "stay", "hit"})
THERE: frozenset[str] = PROXIMITY | FACE_TO_FACE | {"film", "damage"}
HARM: frozenset[str] = frozenset({"threaten", "hit", "damage"})
LEGAL: frozenset[str] = frozenset(get_args(Act)[get_args(Act).index("petition") :])

SHORT_NAMES: dict[str, str] = {
    "emergency": "emergency protective order",
    "ex-parte": "temporary restraining order",
    "final": "restraining order",
    "release-condition": "no-contact condition of release",
    "pretrial-order": "pretrial protective order",
    "pretrial-probation": "no-contact term of pretrial probation",
    "probation-condition": "no-contact condition of probation",
    "probation-order": "protective order of probation",
    "sentence-order": "protective order made at sentence",
    "agreement": "stay-away agreement",
}

MEANINGS: dict[str, dict[str, str]] = {
    "kind": {
        "emergency": "made by phone or at night on an officer's request, for days",
        "ex-parte": "made before the restrained person was heard; runs to the hearing",
        "final": "a civil order made after notice and a chance to be heard",
        "release-condition": "a condition of bail or release while a criminal case is pending",
        "pretrial-order": "a protective order a criminal court makes while its case is pending",
        "pretrial-probation": "probation before any conviction, by agreement with the prosecution",
        "probation-condition": "a plain condition of probation after conviction",
        "probation-order": "a separate protective order made as a term of probation",
        "sentence-order": "a protective order made on conviction, with a term of its own",
        "agreement": "a stay-away agreement that no court made its own order",
    },
    "ground": {
        "abuse": "family or household abuse",
        "harassment": "harassment by anyone, related or not",
        "workplace": "violence or threats at a workplace",
        "elder": "abuse of an elder or dependent adult",
        "school": "violence or threats at a school",
    },
    "court": {
        "civil": "a court hearing a civil petition",
        "family": "a family court",
        "probate": "a probate and family court",
        "juvenile": "a juvenile court",
        "criminal": "the court that hears the criminal case",
        "superior": "a superior court, or another court that tries every crime",
        "limited": "a court of limited jurisdiction: a district, municipal or magistrate’s court that tries minor crimes only",
    },
    "tie": {
        "spouses": "married now",
        "former-spouses": "once married",
        "dating": "in a substantial dating relationship",
        "formerly-dating": "once in a substantial dating relationship",
        "household": "living in one household now or before as partners or family",
        "co-parents": "have a child together",
        "relatives": "related by blood or marriage",
        "roommates": "share a home without being partners or family",
        "neighbours": "live close by",
        "co-workers": "work at one place",
        "acquaintances": "know each other",
        "strangers": "do not know each other",
    },
    "term": {
        "abuse": "do not abuse, hurt or threaten",
        "harass": "do not harass, annoy or disturb the peace of; the law of a place may say what harassing is",
        "contact": "no contact, directly or through someone else",
        "stay-away": "stay away from the person or a place",
        "vacate": "leave the home and remain away",
        "posting": "do not post about the protected person",
        "firearms": "give up and do not have firearms",
        "locate": "do not try to find out the address or whereabouts",
        "support": "pay support",
        "custody": "follow custody or visiting arrangements",
        "compensation": "pay compensation",
    },
    "permission": {
        "court-papers": "papers of a court case, by the way the order names",
        "counsel": "contact through a lawyer",
        "child-exchange": "brief peaceful contact to hand over a child",
        "child-call": "calls to a child",
        "child-message": "messages about the children only",
        "peaceful-contact": "any contact that is peaceful",
        "fetch-belongings": "one visit, with an officer, to fetch belongings",
        "incidental-public": "incidental contact in daily life in public places",
    },
    "notice": {
        "served": "handed the paper",
        "in-court": "present when the judge made the order",
        "by-officer": "told the terms by an officer",
        "left-at-home": "the paper was left at the last and usual home",
        "told-informally": "heard of it from somebody else",
        "mailed": "sent by mail",
        "none": "not told in any way",
    },
    "face": {
        "dated": "an end date stands on the paper",
        "blank": "the place for the end date is blank",
        "until-further-order": "the paper says it runs until further order, or that it is permanent",
    },
    "findings": {
        "none": "the judge found nothing on the record",
        "boxes": "boxes on a form were ticked and nothing added",
        "oral": "findings were spoken only",
        "written": "findings of fact were written",
    },
    "asker": {
        "protected-person": "the person to be protected",
        "restrained-person": "the person to be restrained",
        "prosecutor": "the prosecutor",
        "court": "the judge, unasked",
        "officer": "a police officer",
        "employer": "an employer or its union",
        "agreement": "both sides by agreement",
    },
    "offence": {
        "domestic-violence": "a crime of domestic violence",
        "spousal-injury": "bodily injury to a spouse, partner or co-parent",
        "stalking": "stalking",
        "elder-abuse": "abuse of an elder or dependent adult",
        "sex-crime": "a sex offence that must be registered",
        "trafficking": "human trafficking",
        "gang": "a crime for a criminal street gang",
        "other": "any other crime",
    },
    "medium": {
        "in-person": "face to face",
        "phone": "by telephone",
        "text": "by text message",
        "email": "by e-mail",
        "letter": "by letter",
        "social-media": "by a direct message or a tag that reaches the person",
        "public-post": "by a post open to everybody",
        "gift": "by a gift or flowers",
        "gesture": "by a sign or a gesture",
    },
    "place": {
        "home": "the protected person's home",
        "work": "the protected person's workplace",
        "school": "the protected person's or child's school",
        "public": "a shop, street or other public place",
        "court": "a courtroom or courthouse",
        "event": "a game, party or meeting",
        "next-door": "the property next to the protected person's home",
        "vehicle": "in or from a car",
        "elsewhere": "another place",
        "own-home": "the restrained person's own home",
        "jail": "from a jail or prison",
        "anywhere": "any place where the protected person happens to be",
    },
    "effect": {
        "annoys": "annoys or irritates, without fear of harm",
        "distresses": "causes serious distress, without fear of harm",
        "frightens": "puts in fear of harm",
    },
    "departure": {
        "at-once": "left as soon as they saw each other",
        "stayed": "did not leave",
        "unaware": "never learned that the other, or the other’s place, was there",
    },
    "belief": {
        "her-word": "the protected person said it was fine",
        "judge-word": "a judge said something",
        "later-paper": "a later court paper seemed to say so",
        "own-reading": "a reading of the order of one's own",
        "lawyer-word": "a lawyer said so",
    },
    "purpose": {
        "court-papers": "to deliver papers of a court case",
        "child-exchange": "to hand over a child",
        "child-call": "to talk to a child",
        "child-message": "to write about the children",
        "fetch-belongings": "to fetch belongings",
        "reconcile": "to make up",
        "apologise": "to say sorry",
        "harass": "to frighten, annoy or insult",
        "drop-charges": "to have the case dropped",
        "business": "for business",
        "settle-case": "to settle a court case",
        "official-duty": "for the duty of a public office, with what the office issued",
        "none": "for no stated purpose",
    },
    "showing": {
        "none": "nothing is shown",
        "present-fear": "a reasonable fear at the time of the hearing",
        "new-abuse": "new abuse or harassment",
        "breaches": "breaches of the order while it ran",
        "changed-circumstances": "a significant change other than time and obedience",
        "justice": "that justice calls for it, though nothing has changed",
        "time-and-compliance": "only that time has passed and the order was obeyed",
        "past-abuse": "the abuse behind the first order",
        "unrelated": "facts that have nothing to do with the other person's safety",
        "protected-activity": "only a lawsuit or other protected activity",
        "fear-of-enforcement": "only a fear that the other person will use an order against the one who asks",
    },
    "act": {
        "call": "telephones", "text": "sends a text message", "email": "sends an e-mail", "write": "sends a letter",
        "message": "sends a message on social media", "speak": "speaks to the person", "reply": "answers a message or call",
        "post": "posts in public", "tag": "tags or mentions so that the person is notified", "gift": "sends a gift or flowers",
        "gesture": "makes a sign to the person", "film": "films the person", "visit": "goes to see the person",
        "approach": "walks up to the person", "follow": "follows the person", "wait-near": "waits near the person or place",
        "come-near": "comes within sight or within a distance", "pass-by": "passes by", "enter": "enters a place",
        "stay": "stays when the other is there", "meet": "meets the person", "live-with": "lives with the person",
        "look-for": "tries to find out where the person is", "threaten": "threatens", "hit": "uses force",
        "damage": "damages property", "possess-firearm": "has a firearm", "withhold-support": "does not pay support",
        "withhold-compensation": "does not pay compensation", "keep-child": "keeps a child beyond the agreed time",
        "invite": "invites contact", "agree": "agrees to contact", "nothing": "does nothing", "ask-other-to-tell": "asks somebody to pass something on",
        "pass-on": "passes something on for another", "serve-papers": "delivers court papers",
        "petition": "files a petition for an order", "respond": "files a response only",
        "cross-petition": "files a petition against the one who petitioned first",
        "ask-aloud": "asks in court without a paper", "move-to-end": "asks the court to end the order",
        "move-to-change": "asks the court to change the order", "move-to-renew": "asks the court to renew or extend the order",
        "drop-petition": "withdraws the petition", "appear": "comes to the hearing", "miss-hearing": "does not come to the hearing",
        "hearing": "a hearing is held", "no-hearing": "no hearing is held on the day set for it", "charge": "is charged with a crime", "ask-prosecutor": "tells the prosecutor a wish",
        "prosecutor-drops": "the prosecutor announces that the case will not go on",
        "dismiss": "the court dismisses the criminal case", "acquit": "a verdict of not guilty",
        "convict": "a conviction or plea of guilty", "sentence": "a sentence is passed", "end-sentence": "a sentence has been served", "end-probation": "probation ends",
        "end-order": "the court ends the order in writing", "change-order": "the court changes the order in writing",
        "extend-order": "the court extends the order", "say-from-bench": "a judge says something that is not written down",
        "permit": "a probation officer gives permission", "register": "an order is registered in another state",
        "cross-line": "travels across a state line", "arrest": "is arrested", "commit": "is sent to jail or prison",
    },
    "case": {"criminal": "a criminal case", "civil": "a civil case"},
    "topic": {
        "waiver": "can the protected person lift or loosen an order?",
        "mutual": "whom does an order bind, and when may it bind both?",
        "duration": "how long does an order last, and what ends or renews it?",
        "violations": "what breaks an order, and what follows?",
        "coexistence": "what if two orders stand side by side?",
        "issuance": "who makes which order, and on whose request?",
    },
}  # fmt: skip
