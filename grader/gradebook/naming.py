"""Tells from the name of a file whose work it is, the way learning platforms and people name files.

    leeann_4711_99871_waiver.ipynb                        Canvas: name, number of the learner, number of the upload
    leeann_LATE_4711_99871_waiver-1.ipynb                 Canvas: handed in late, second upload
    Ann Lee_1234_assignsubmission_file_/waiver.ipynb      Moodle: name, number of the upload
    waiver_ann_attempt_2026-11-20-10-00-00_waiver.ipynb   Blackboard: login
    ann+waiver+2026-11-20 10:00:00 UTC+x/waiver.ipynb     nbgrader’s exchange: login
    ann.ipynb  waiver-ann.answers.json  Lee_Ann (2).ipynb  ann@example.org/waiver.ipynb

Every part of the path is read. Where the parts, or one part alone, fit several learners, nobody is chosen.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from grader.gradebook.roster import Learner
from grader.gradebook.roster_checks import SHARED

ENDINGS = re.compile(r"(?:\.answers(?:-\d{1,2})?\.json|\.ipynb|\.json|\.txt|\.zip)+$")
CANVAS = re.compile(r"(?P<name>[^_]+)_(?:late_)?(?P<number>\d+)_(?P<upload>\d+)_(?P<rest>.+)")
MOODLE = re.compile(r"(?P<name>.+?)_\d+_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)")
BLACKBOARD = re.compile(r".*?_(?P<login>[^_]+)_attempt_\d{4}-\d\d-\d\d-.*")
EXCHANGE = re.compile(r"(?P<login>[^+]+)\+[^+]+\+\d{4}-.*")
COPY = re.compile(r"(?: ?\(\d{1,3}\)|-\d{1,2}|[ _-]copy(?: ?\d+)?| - copy)$")
WORD = re.compile(r"[^\s_+,;()\[\]-]+")
LONGEST = 400
MOST_PARTS = 14


@dataclass(frozen=True)
class Owner:
    """Whose a file is by its name: one learner, or none of those it might be."""

    learner: str | None
    candidates: tuple[str, ...] = ()


class Naming:
    """The names of a class, ready to be found in the names of files."""

    def __init__(self, learners: Iterable[Learner]) -> None:
        self.ids: dict[str, set[str]] = defaultdict(set)
        self.numbers: dict[str, str] = {}
        self.names: dict[str, set[str]] = defaultdict(set)
        for one in learners:
            for name in (*one.names, one.email, one.lms_id):
                if name and name.lower() not in SHARED:
                    self.ids[_folded(name)].add(one.id)
            if one.lms_id:
                self.numbers[_folded(one.lms_id)] = one.id
            if one.first_name and one.last_name:
                for first, last in _spellings(one):
                    self.names[first + last].add(one.id)
                    self.names[last + first].add(one.id)

    def owner(self, route: Iterable[str], quiz: str) -> Owner:
        """Whose the file at the end of a route is. The route holds folders, archives and the file itself."""
        found = [who for part in route if (who := self._part(_folded(part)[-LONGEST:], _folded(quiz)))]
        agreed = set.intersection(*found) if found else set()
        if len(agreed) == 1:
            return Owner(agreed.pop())
        return Owner(None, tuple(sorted(set().union(*found))))

    def known_as(self, login: str) -> str | None:
        """The one learner with this id or login, or None."""
        found = self.ids.get(_folded(login), set())
        return next(iter(found)) if len(found) == 1 else None

    def _part(self, part: str, quiz: str) -> set[str]:
        stem = ENDINGS.sub("", part)
        if match := EXCHANGE.fullmatch(stem) or BLACKBOARD.fullmatch(stem):
            return self.ids.get(match["login"], set())
        if match := MOODLE.fullmatch(stem):
            return self._plain(match["name"], "")
        if match := CANVAS.fullmatch(stem):
            if match["number"] in self.numbers:
                return {self.numbers[match["number"]]}
            return self._plain(match["name"], "") - set(self.numbers.values())
        return self._plain(stem, quiz)

    def _plain(self, stem: str, quiz: str) -> set[str]:
        """The learners whose id or whole name stands in a text. A longer find goes before a shorter one within it."""
        for whole in (stem, COPY.sub("", stem)):
            if exact := self.ids.get(whole, set()) | self.names.get(_squashed(whole), set()):
                return exact
        finds = sorted(self._finds(stem, quiz), key=lambda find: find[0] - find[1])
        outer = [(a, b, who) for a, b, who in finds if not any(_within((a, b), (c, d)) for c, d, _ in finds)]
        return set().union(*(who for _, _, who in outer))

    def _finds(self, stem: str, quiz: str) -> Iterator[tuple[int, int, set[str]]]:
        parts = [(match.start(), match.end()) for match in WORD.finditer(stem)][:MOST_PARTS]
        for n, (start, _) in enumerate(parts):
            for _, end in parts[n:]:
                text = stem[start:end]
                if text == quiz or len(text) < 2 or (text.isdigit() and len(text) < 4):
                    continue
                if who := self.ids.get(text, set()) | self.names.get(_squashed(text), set()):
                    yield start, end, who


def _within(inner: tuple[int, int], outer: tuple[int, int]) -> bool:
    return outer != inner and outer[0] <= inner[0] and inner[1] <= outer[1]


def _spellings(one: Learner) -> Iterator[tuple[str, str]]:
    """First and last name as file names write them: as they are, without accents, and as German would."""
    for spell in (str, _bare, lambda text: _bare(_german(text))):
        yield _squashed(spell(_folded(one.first_name))), _squashed(spell(_folded(one.last_name)))


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold().strip()


def _squashed(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFC", text) if sign.isalnum())


def _bare(text: str) -> str:
    split = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in split if not unicodedata.combining(sign))


def _german(text: str) -> str:
    return text.replace("ä", "ae").replace("ö", "oe").replace("ü", "ue")
