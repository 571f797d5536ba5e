"""The whole bank of a checkout: its law, scenarios, quizzes and practice sets, read and built together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from grader.families import Family
from grader.law import Law, jurisdictions, law
from grader.quizzes import Built, build
from grader.reading import BadInput, Problem
from grader.scenarios import load_folder

EXAMINED = ("casebook", "statutes")


@dataclass(frozen=True)
class Bank:
    """What authors write, found under one folder: scenarios/, quizzes/ and notebooks/."""

    root: Path

    @cached_property
    def _loaded(self) -> tuple[dict[str, Family], tuple[Problem, ...]]:
        good, bad = load_folder(self.root / "scenarios")
        return {family.id: family for family in good}, tuple(bad)

    @property
    def families(self) -> Mapping[str, Family]:
        """The scenario files that could be read, by id."""
        return self._loaded[0]

    @property
    def unreadable(self) -> tuple[Problem, ...]:
        """What is wrong with the scenario files that could not be read."""
        return self._loaded[1]

    @cached_property
    def examination(self) -> tuple[Family, ...]:
        """The stories in tests/ whose answers come from decisions and statutes; none in a checkout without tests."""
        found = [load_folder(self.root / "tests" / name) for name in EXAMINED if (self.root / "tests" / name).is_dir()]
        problems = [problem for _, bad in found for problem in bad]
        if problems:
            raise BadInput(problems)
        return tuple(family for good, _ in found for family in good)

    @property
    def stories(self) -> tuple[Family, ...]:
        """Everything that tests the law: the scenarios, and the stories of the examination."""
        return (*self.families.values(), *self.examination)

    @property
    def quiz_files(self) -> tuple[Path, ...]:
        """The quiz files, each in a folder of its own."""
        return tuple(sorted(self.root.glob("quizzes/*/quiz.yaml")))

    @property
    def practice_files(self) -> tuple[Path, ...]:
        """The practice files."""
        return tuple(sorted(self.root.glob("notebooks/*.yaml")))

    def build(self, path: Path) -> Built:
        """Build one quiz or practice set; BadInput names what cannot be asked."""
        return build(path, self.families, path.relative_to(self.root).as_posix())

    def build_all(self, paths: Iterable[Path]) -> tuple[dict[Path, Built], list[Problem]]:
        """Build several: the good ones, and all problems of the others."""
        good: dict[Path, Built] = {}
        bad: list[Problem] = []
        for path in paths:
            try:
                good[path] = self.build(path)
            except BadInput as error:
                bad += error.problems
        return good, bad

    def quizzes(self) -> dict[str, Built]:
        """All graded quizzes by their id; BadInput with every problem if one cannot be built."""
        good, bad = self.build_all(self.quiz_files)
        problems = [*self.unreadable, *bad]
        if problems:
            raise BadInput(problems)
        return {sheet.quiz: (sheet, keys) for sheet, keys in good.values()}


def laws() -> tuple[dict[str, Law], list[Problem]]:
    """Every jurisdiction on file, and what is wrong with the files of the others."""
    good: dict[str, Law] = {}
    bad: list[Problem] = []
    for name in jurisdictions():
        try:
            good[name] = law(name)
        except BadInput as error:
            bad += error.problems
    return good, bad


def find_root(start: Path) -> Path:
    """The checkout around a folder; BadInput if there is none."""
    for folder in (start, *start.parents):
        if (folder / "scenarios").is_dir() and (folder / "quizzes").is_dir():
            return folder
    right = "Work in a folder that holds scenarios/ and quizzes/, or name it with --root."
    raise BadInput([Problem(str(start), 1, "", "is not inside a course checkout.", right)])
