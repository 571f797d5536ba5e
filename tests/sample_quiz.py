"""A small quiz made by hand, with one item of every kind, for the tests of notebooks, grading and feedback.

The people, the order and the rule are made up. Nothing here is law.
"""

from dataclasses import replace

from grader.sheet import Choice, Citation, Item, ItemKey, Key, KeySheet, Option, Question, Sheet, Step

QUIZ = "waiver"
RIGHT = {
    "w1": {"w1-a": ["stay"], "w1-b": ["go"]},
    "w2": {"w2-a": {"call": "yes", "wave": "no"}},
    "w3": {"w3-a": ["judge", "clerk"]},
    "w4": {"w4-a": "2030-03-05"},
    "w5": {"w5-a": ["s1"]},
    "w9": {"w9-a": "Only the court can change its order. Robin’s invitation changes nothing."},
}
WRONG = {
    "w1": {"w1-a": ["go"], "w1-b": ["stay"]},
    "w2": {"w2-a": {"call": "no", "wave": "yes"}},
    "w3": {"w3-a": ["friend"]},
    "w4": {"w4-a": "2031-01-01"},
    "w5": {"w5-a": ["s2"]},
    "w9": {"w9-a": "Robin may do that."},
}
STORY = (
    Option("s1", "On 4 March 2030 the court orders Kim not to call Robin."),
    Option("s2", "Robin texts: “Call me any time.”"),
)
GIST = "Only the court changes its order."
CITE = Citation("Sample Act, part 1", "https://law.example/sample#1", GIST, "primary", "2030-01-01")
STEPS = (
    Step("The order binds Kim.", True, (CITE,), ("s1",)),
    Step("Robin’s wish does not change the order.", True, (CITE,), ("s2",)),
)
ACTS = (Option("call", "A call"), Option("wave", "A wave"))
YES_NO = (Option("yes", "Yes"), Option("no", "No"))


def _question(variant: str, stem: str, options: tuple[Option, ...] = (), rows: tuple[Option, ...] = ()) -> Question:
    return Question(variant, "The invitation", "No violence is described.", STORY, stem, options, rows)


def _item(id: str, kind: str, points: float, *variants: Question) -> Item:
    return Item(id, kind, points, variants)  # type: ignore[arg-type]


def _right(says: str) -> Choice:
    return Choice(True, 1.0, says)


def _wrong(says: str, misconception: str | None = None, credit: float = 0.0) -> Choice:
    return Choice(False, credit, says, misconception)


WAIT_OR_CALL = (Option("stay", "Kim must wait."), Option("go", "Kim may call."))
PEOPLE = (
    Option("judge", "The judge"),
    Option("clerk", "A clerk whom the judge tells to"),
    Option("friend", "A friend"),
)

SHEET = Sheet(
    QUIZ,
    "1",
    "Permission",
    "Five short questions and one text about a made-up order.",
    "quiz",
    "pepper",
    (
        _item(
            "w1", "single", 2.0,
            _question("w1-a", "May Kim call on 6 March?", WAIT_OR_CALL),
            _question("w1-b", "May Kim call on 6 March, after the court ended the order?", WAIT_OR_CALL),
        ),
        _item("w2", "grid", 2.0, _question("w2-a", "Is it forbidden?", YES_NO, ACTS)),
        _item("w3", "select", 3.0, _question("w3-a", "Who may write the change down?", PEOPLE)),
        _item("w4", "date", 1.0, _question("w4-a", "When does the order end?")),
        _item("w5", "sentence", 1.0, _question("w5-a", "Which sentence decides?")),
        _item("w9", "written", 4.0, _question("w9-a", "Explain to Robin what the invitation changes.")),
    ),
)  # fmt: skip


def _key(variant: str, answer: str, choices: dict[str, Choice], **more: object) -> Key:
    flip = "If the court had ended the order, Kim could call."
    key = Key(variant, answer, GIST, choices, ("s1",), STEPS, flip)
    return replace(key, **more)  # type: ignore[arg-type]


def _item_key(id: str, kind: str, points: float, *variants: Key) -> ItemKey:
    return ItemKey(id, kind, points, "waiver", "us-xx", variants)  # type: ignore[arg-type]


PERMISSION = "permission-counts"
KEYS = KeySheet(
    QUIZ,
    "1",
    "Permission",
    (
        _item_key(
            "w1", "single", 2.0,
            _key("w1-a", "Kim must wait.", {
                "stay": _right("The order still stands."),
                "go": _wrong("Robin’s wish is not an order of the court.", PERMISSION),
            }),
            _key("w1-b", "Kim may call.", {
                "go": _right("The court ended the order."), "stay": _wrong("The order has ended."),
            }),
        ),
        _item_key(
            "w2", "grid", 2.0,
            _key("w2-a", "A call: Yes; a wave: No", {
                "call:yes": _right("A call is contact."), "call:no": _wrong("A call is contact.", PERMISSION),
                "wave:no": _right("This order allows a wave."), "wave:yes": _wrong("This order allows a wave."),
            }),
        ),
        _item_key(
            "w3", "select", 3.0,
            _key("w3-a", "The judge; a clerk whom the judge tells to", {
                "judge": _right("The judge may."), "clerk": _right("A clerk may, on the judge’s word."),
                "friend": _wrong("A friend has no such power.", PERMISSION),
            }),
        ),
        _item_key("w4", "date", 1.0, _key("w4-a", "2030-03-05", {
            "2030-03-05": _right("One year and a day, in this made-up world."),
            "2030-03-04": _wrong("The last day counts in full.", None, 0.5),
        })),
        _item_key("w5", "sentence", 1.0, _key("w5-a", STORY[0].text, {
            "s1": _right("This is the order."), "s2": _wrong("A text is no order.", PERMISSION),
        })),
        _item_key("w9", "written", 4.0, _key("w9-a", "Nothing: only the court can change its order.", {}, rubric=(
            ("Issue", 1.0, "Names the question."), ("Rule", 3.0, "Names who may change an order."),
        ))),
    ),
    {PERMISSION: "“If the protected person agrees, the order no longer counts.”"},
)  # fmt: skip


def right(item: str, learner: str) -> object:
    """The right answer to the variant this learner meets."""
    return RIGHT[item][SHEET.item(item).pick(SHEET.salt, learner).variant]


def wrong(item: str, learner: str) -> object:
    """A wrong answer to the variant this learner meets."""
    return WRONG[item][SHEET.item(item).pick(SHEET.salt, learner).variant]


DAYS = (
    Option("made", "On 4 March 2030 the court makes the order."),
    Option("call", "On 6 March 2030 Kim calls."),
    Option("end", "The last day of the order"),
)
WITH_ORDER = replace(
    SHEET, items=(*SHEET.items, _item("w6", "order", 2.0, _question("w6-a", "In which order do these come?", DAYS)))
)
"""The same quiz with a seventh item: to put in order."""
KEYS_WITH_ORDER = replace(
    KEYS,
    items=(
        *KEYS.items,
        _item_key(
            "w6", "order", 2.0,
            _key("w6-a", "1. The order. 2. The last day. 3. The call.", {
                "made>end>call": _right("The order ends the day after it was made."),
                "made>call>end": _wrong("An order does not last until somebody calls.", PERMISSION),
            }),
        ),
    ),
)  # fmt: skip
