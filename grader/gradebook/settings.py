"""Reads a course's nbgrader_config.py, and what bulk grading needs of it, without loading nbgrader.

nbgrader takes longer to load than a class takes to grade. So its defaults for the few settings that
say where submissions lie and how graded ones are kept stand here too; a test compares them.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from grader.reading import BadInput, Problem

CONFIG = "nbgrader_config.py"
OWN_STEPS = "This course has steps of its own for autograding ({name}). Grading in bulk leaves them out."


@dataclass(frozen=True)
class Settings:
    """The settings of nbgrader that bulk grading heeds, by nbgrader's own names."""

    root: str = ""
    course_id: str = ""
    db_url: str = ""
    student_id: str = "*"
    student_id_exclude: str = ""
    notebook_id: str = "*"
    directory_structure: str = "{nbgrader_step}/{student_id}/{assignment_id}"
    source_directory: str = "source"
    submitted_directory: str = "submitted"
    autograded_directory: str = "autograded"
    ignore: tuple[str, ...] = (".ipynb_checkpoints", "*.pyc", "__pycache__", "feedback")
    groupshared: bool = False
    permissions: int = 0
    create_student: bool = True
    exclude_overwriting: Mapping[str, Any] = field(default_factory=dict)

    def path(self, step: str, student: str, assignment: str) -> Path:
        """The folder of one step of one learner's assignment."""
        names = {"nbgrader_step": step, "student_id": student, "assignment_id": assignment}
        return Path(self.root, self.directory_structure.format(**names))

    def student_in(self, assignment: str, folder: Path) -> str | None:
        """The learner whose submission lies in a folder, or None if the folder is not where submissions lie."""
        names = {"nbgrader_step": self.submitted_directory, "assignment_id": assignment, "student_id": "\0"}
        pattern = re.escape(str(Path(self.root, self.directory_structure.format(**names)))).replace(r"\x00", "\0")
        match = re.fullmatch(pattern.replace("\0", "([^/]+)"), str(folder))
        return match[1] if match else None

    @property
    def mode(self) -> int:
        """The permissions of a graded file."""
        return int(str(self.permissions or (664 if self.groupshared else 444)), 8)


def load(course: Path) -> Config:
    """The settings of a course, as nbgrader reads them."""
    config: Config = PyFileConfigLoader(CONFIG, path=str(course)).load_config()
    return config


def settings_of(course: Path, config: Config, db_url: str | None = None) -> Settings:
    """What bulk grading needs of a course's settings. ``db_url`` names another gradebook."""
    given = {**config.get("CourseDirectory", {}), **config.get("BaseConverter", {}), **config.get("Autograde", {})}
    known = {one.name for one in fields(Settings)}
    chosen = {name: value for name, value in given.items() if name in known}
    chosen["ignore"] = tuple(chosen.get("ignore", Settings.ignore))
    settings = replace(Settings(), **chosen)
    root = settings.root or str(course)
    return replace(settings, root=root, db_url=db_url or settings.db_url or f"sqlite:///{root}/gradebook.db")


def own_steps(config: Config, usual: Mapping[str, list[str]]) -> Iterator[str]:
    """Remarks on settings that change what autograding does and that bulk grading cannot heed."""
    given = config.get("Autograde", {})
    for name in ("pre_convert_hook", "post_convert_hook", *usual):
        if name in given and list(_names(given[name])) != usual.get(name):
            yield OWN_STEPS.format(name=name)


def find_course(folder: Path) -> Path:
    """The course around a folder; BadInput if there is none."""
    for parent in (folder, *folder.parents):
        if (parent / CONFIG).is_file():
            return parent
    right = "Go into the course folder, or name it with --course. “grader course new” makes one."
    raise BadInput([Problem(str(folder), 1, "", "is not inside a course folder.", right)])


def _names(steps: Any) -> Iterator[str]:
    for step in steps if isinstance(steps, list) else [steps]:
        yield step if isinstance(step, str) else f"{step.__module__}.{step.__qualname__}"
