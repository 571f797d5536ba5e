"""One sitting with the explorer: which story, which question, what was changed, and the way back."""

from typing import Any

from grader.messages import language, say
from grader.whatif.flips import search
from grader.whatif.knobs import change
from grader.whatif.page import answer, flips, option, page, question, words
from grader.whatif.stories import Story
from grader.whatif.supposed import Senseless, Supposed, decided

MOST = 100
"""How many changes can be taken back."""


class Session:
    """Takes what the page asks for, data from outside, and holds the state that follows."""

    def __init__(self, stories: tuple[Story, ...], first: str = ""):
        self.stories = {story.family.id: story for story in stories}
        self.story = self.stories[first or stories[0].family.id]
        self._ask(next(id for id, _, _ in self.story.questions()))

    def _ask(self, id: str) -> None:
        self.question, self.told = id, self.story.told(id)
        self.now, self.past = self.told, list[Supposed]()

    def do(self, what: Any, knob: Any = "", value: Any = "") -> str:
        """Do one thing the page asks for; what it says is for the live region. Nothing is changed by nonsense."""
        acts = {"story": self._pick_story, "question": self._pick_question, "undo": self._undo, "reset": self._reset}
        try:
            if what == "set" and isinstance(knob, str) and isinstance(value, str):
                return self._set(knob, value)
            return acts[what](value) if isinstance(what, str) and what in acts else ""
        except Senseless as wrong:
            return self._refused(wrong)

    def _pick_story(self, id: Any) -> str:
        if isinstance(id, str) and id in self.stories:
            self.story = self.stories[id]
            self._ask(next(question for question, _, _ in self.story.questions()))
        return self._answer_now()

    def _pick_question(self, id: Any) -> str:
        if id in [question for question, _, _ in self.story.questions()]:
            self._ask(id)
        return self._answer_now()

    def _set(self, knob: str, value: str) -> str:
        after = change(self.now, knob, value)
        decided(after)
        if after.facts_asked == self.now.facts_asked and after.tellings == self.now.tellings:
            return ""
        self.past = [*self.past, self.now][-MOST:]
        self.now = after
        return self._answer_now()

    def _undo(self, _: Any) -> str:
        if self.past:
            self.now = self.past.pop()
        return self._answer_now()

    def _reset(self, _: Any) -> str:
        if self.now is not self.told:
            self.past = [*self.past, self.now][-MOST:]
            self.now = self.told
        return self._answer_now()

    def _refused(self, wrong: Senseless) -> str:
        """Why a change was not made; fields are named as the page names them."""
        kind = "event" if wrong.values.get("then") == "until" else "order"
        return say(wrong.key, **{name: say(f"fact-{kind}-{field}") for name, field in wrong.values.items()})

    def _answer_now(self) -> str:
        now, before = decided(self.now), decided(self.told)
        key = "whatif-says-as-told" if self.now is self.told else "whatif-says-same"
        key = key if now.answer == before.answer else "whatif-says-flipped"
        return say(key, answer=answer(self.now, now), before=answer(self.told, before))

    def shown(self) -> dict[str, Any]:
        """Everything the page shows, but for the search."""
        return {
            "words": words(),
            "language": language(),
            "stories": [option(id, story.family.title) for id, story in self.stories.items()],
            "story": self.story.family.id,
            "questions": [option(id, question(self.story.told(id))) for id, _, _ in self.story.questions()],
            "question": self.question,
            "undo": bool(self.past),
            **page(self.told, self.now),
        }

    def searched(self) -> dict[str, Any]:
        """What single changes would flip the answer from here."""
        return flips(self.now, search(self.now))
