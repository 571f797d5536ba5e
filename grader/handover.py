"""What a learner may do with all answers at once: put a file in their place, clear them, take that back.

Nothing is replaced before the person agrees, and what is replaced is kept beside the new file under a
dated name, unless the person wants no copy kept. A file is data of unknown origin: it is read by the
same strict door as every answers file.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from grader.answers import Record, merge, parse, receipt_code
from grader.erasing import copies, erase
from grader.messages import say
from grader.origin import from_the_other
from grader.record import Saved, Store


@dataclass(frozen=True)
class Offer:
    """What a person is told about a file or a wish, and the choices there are: the first keeps everything as it is."""

    says: tuple[str, ...]
    choices: tuple[str, ...] = ()
    record: Record | None = None
    learner: str | None = None


@dataclass(frozen=True)
class Before:
    """All answers as they were before they were replaced."""

    learner: str
    record: Record


class Handover:
    """One pending question to the learner about the answers file, and the way back from the last change.

    ``told`` says whether a course or a hub names the learner; then nobody answers a graded quiz in another name.
    """

    def __init__(self, store: Store, *, told: bool):
        self._store, self._told = store, told
        self._offer: Offer | None = None
        self._before: Before | None = None
        store.listen(self._answered)
        self._busy = False

    @property
    def offer(self) -> Offer | None:
        """What waits for an answer of the learner."""
        return self._offer

    @property
    def can_undo(self) -> bool:
        """Whether the last loading or clearing can be taken back. The next answer ends that."""
        return self._before is not None

    def load(self, text: str) -> str:
        """Look at the content of a file the learner chose; returns what to say, and asks where there is a choice."""
        self._offer = None
        reading = parse(text)
        if reading.record is None:
            return " ".join([*reading.troubles, say("load-nothing-changed")])
        refused = self._refused(reading.record)
        if refused:
            return f"{refused} {say('load-nothing-changed')}"
        offer = self._offered(reading.record, reading.troubles)
        if offer.record is not None and not offer.choices:
            return self._put(offer.record, "load-done", "before-load")
        if offer.choices:
            self._offer = offer
        return " ".join(offer.says)

    def clear(self) -> str:
        """Ask whether all answers shall be cleared."""
        answered, older = _answered(self._store.record), len(copies(self._store))
        self._offer = None
        if answered:
            self._offer = Offer((say("clear-ask", count=answered),), ("keep", "clear", "erase"))
        elif older:
            self._offer = Offer((say("clear-copies", count=older),), ("keep", "erase"))
        return " ".join(self._offer.says) if self._offer else say("clear-none")

    def choose(self, choice: object) -> str:
        """Do what the learner chose; anything but a choice on offer changes nothing."""
        offer, self._offer = self._offer, None
        if offer is None or choice not in offer.choices or choice == "keep":
            return say("load-kept")
        if choice == "erase":
            self._offer = Offer((say("erase-ask"),), ("keep", "erase-yes"))
            return " ".join(self._offer.says)
        if choice == "erase-yes":
            return self._erase()
        if choice == "clear":
            empty = replace(self._store.record, items={})
            return self._put(empty, "clear-done", f"cleared-{datetime.now():%Y-%m-%d}")
        assert offer.record is not None
        record = merge(self._store.record, replace(offer.record, reset=self._store.record.reset))
        chosen = record if choice == "merge" else offer.record
        return self._put(chosen, "load-done", f"before-load-{datetime.now():%Y-%m-%d}", offer.learner)

    def _erase(self) -> str:
        """Clear everything for good: no copy, no way back."""
        self._busy = True
        saved, left = erase(self._store)
        self._busy = False
        if not saved.ok:
            return saved.message
        self._before = None
        stay = f" {say('erase-left', files=', '.join(left))}" if left else ""
        return say("erase-done") + stay

    def undo(self) -> str:
        """Take the last loading or clearing back."""
        before = self._before
        if before is None:
            return say("undo-nothing")
        text = self._put(before.record, "undo-done", "undone", before.learner)
        self._before = None
        return text

    def _refused(self, record: Record) -> str:
        """Why a file cannot be used here at all, if it cannot."""
        sheet = self._store.sheet
        if record.quiz != sheet.quiz:
            return say("load-other-quiz", found=record.quiz, wanted=sheet.quiz)
        if from_the_other(record, sheet):
            return say("load-from-practice" if sheet.mode == "quiz" else "load-from-quiz")
        if record.learner != self._store.learner and self._told and sheet.mode == "quiz":
            return say("load-other-learner", found=record.learner, wanted=self._store.me)
        return ""

    def _offered(self, record: Record, troubles: tuple[str, ...]) -> Offer:
        """What there is to decide about a file that could be used."""
        store = self._store
        learner = record.learner if record.learner != store.learner else None
        count, fitting = _answered(record), store.fitting(record, learner)
        notes = list(troubles)
        if record.version != store.sheet.version:
            notes.append(say("load-other-version", fitting=fitting, count=count))
        if not fitting:
            return Offer((*notes, say("load-empty" if not count else "load-none-fits"), say("load-nothing-changed")))
        if learner is not None:
            asked = say("load-whose", found=learner, here=store.learner, fitting=fitting)
            return Offer((*notes, asked), ("keep", "adopt"), record, learner)
        mine = _answered(store.record)
        if not mine and not notes:
            return Offer((), (), record)
        if receipt_code(record) == receipt_code(store.record) and not notes:
            return Offer((say("load-same"),))
        says = say("load-ask", file=fitting, time=spoken_time(record.saved), mine=mine, differ=self._differing(record))
        return Offer((*notes, says), ("keep", "merge", "replace"), record)

    def _differing(self, record: Record) -> int:
        mine = self._store.record.items
        return sum(id in mine and mine[id].answer != entry.answer for id, entry in record.items.items())

    def _put(self, record: Record, done: str, why: str, learner: str | None = None) -> str:
        before = Before(self._store.learner, self._store.record)
        self._busy = True
        saved = self._store.put(record, why, learner)
        self._busy = False
        if not saved.ok:
            return saved.message
        self._before = before
        kept = f" {say('kept-aside', file=saved.kept_as)}" if saved.kept_as else ""
        answered, total = self._store.progress()
        return say(done, answered=answered, total=total) + kept

    def _answered(self, saved: Saved) -> None:
        """An answer given since, here or in another window, leaves no way back: taking back would lose it."""
        if not self._busy and (saved.message or saved.changed):
            self._before = None


def spoken_time(text: str) -> str:
    """A moment as a person says it here: the time today, else the day too."""
    try:
        moment = datetime.fromisoformat(text).astimezone()
    except (ValueError, OverflowError, OSError):
        return say("time-unknown")
    if moment.date() == datetime.now().date():
        return f"{moment:%H:%M}"
    return f"{moment:%Y-%m-%d, %H:%M}"


def _answered(record: Record) -> int:
    return sum(bool(entry.answer) for entry in record.items.values())
