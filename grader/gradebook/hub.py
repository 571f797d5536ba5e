"""Writes the settings with which JupyterHub serves a course: formgrader for some, assignments for all."""

import json
import sys
from collections.abc import Collection
from pathlib import Path
from string import Template

from grader.gradebook.course import FOR_LEARNERS
from grader.gradebook.health import Opened
from grader.gradebook.roster import on_roster
from grader.reading import BadInput, Problem

if sys.platform != "win32":
    import pwd

PORT = 9999
CONFIG = Template('''"""JupyterHub for the course $course_id. Made by “grader course hub”; read it, and change it.

Start it as root, in a folder that only root can enter: the hub keeps its database and its secrets there.
"""

import csv
import pwd
from pathlib import Path

from tornado import web

c = get_config()  # noqa: F821
HERE = Path(__file__).resolve().parent
COURSE = Path($course)
ACCOUNT = $account  # owns the course folder; formgrader runs under it
INSTRUCTORS = $instructors  # they reach formgrader, and so act as that account
with open(COURSE / "roster.csv", encoding="utf-8", newline="") as roster:
    LEARNERS = {row["id"].lower() for row in csv.DictReader(roster)}  # the hub writes all names small

# Who may log in, with the password of the Unix account. Who left is shut out when the hub starts again.
PEOPLE = LEARNERS | INSTRUCTORS
c.JupyterHub.authenticator_class = "pam"
c.Authenticator.allowed_users = PEOPLE
c.Authenticator.allow_existing_users = False

# Everybody’s server runs under their own Unix account: that keeps learners apart, and nbgrader goes by it.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.JupyterHub.bind_url = "http://127.0.0.1:8000"  # put a web server with a certificate in front
c.Spawner.default_url = "/lab"
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": str(HERE / "learner")}


def before_start(spawner):
    """Start nothing for who left but is still logged in, and let nobody else into a home: answers lie there."""
    if spawner.user.name not in PEOPLE:
        raise web.HTTPError(403, "You are not in this course any more.")
    home = Path(pwd.getpwnam(spawner.user.name).pw_dir)
    home.chmod(home.stat().st_mode & ~0o077)


c.Spawner.pre_spawn_hook = before_start

# Formgrader is a service that runs under the course’s account. Nobody but instructors gets in.
# JupyterLab beside it, under /lab, has no menu “Formgrader”: the hub, rightly, lets no page show another in a frame.
# The role names people, not a group: a group keeps its members in the hub’s database for ever.
c.JupyterHub.services = [
    {
        "name": $course_id_quoted,
        "url": "http://127.0.0.1:$port",
        "command": ["jupyterhub-singleuser", f"--ServerApp.root_dir={COURSE}"],
        "user": ACCOUNT,
        "cwd": str(COURSE),
        "environment": {"JUPYTERHUB_DEFAULT_URL": "/formgrader", "JUPYTER_CONFIG_PATH": str(HERE / "desk")},
        "oauth_no_confirm": True,
    }
]
c.JupyterHub.load_roles = [
    {
        "name": "formgrade-$course_id",
        "description": "May grade in $course_id",
        "users": sorted(INSTRUCTORS),
        "scopes": ["access:services!service=$course_id", "read:services!service=$course_id", "list:services"],
    }
]
''')
NOT_FOR_LEARNERS = ("formgrader", "create-assignment", "course-list")
SERVER = {"ServerApp": {"jpserver_extensions": {
    "nbgrader.server_extensions.formgrader": False, "nbgrader.server_extensions.course_list": False,
}}}  # fmt: skip
NOT_AT_THE_DESK = ("formgrader", "course-list", "assignment-list", "menu")
QUIET = {"@jupyterlab/apputils-extension:notification": {"fetchNews": "false", "checkForUpdates": False}}


def _without(parts: Collection[str]) -> dict[str, dict[str, bool]]:
    """A JupyterLab without some parts of nbgrader."""
    return {"disabledExtensions": {f"@jupyter/nbgrader:{name}": True for name in parts}}


def write_hub(opened: Opened, folder: Path, instructors: Collection[str], port: int = PORT) -> tuple[Path, ...]:
    """Write the hub's settings into a folder and return the files; BadInput if they would not be safe or not work."""
    account = _account(opened.folder)
    problems = [*_people(opened.folder, account, instructors), *_exchange(opened)]
    if problems:
        raise BadInput(problems)
    names = {"course": repr(str(opened.folder)), "course_id": opened.course_id, "port": port}
    people = {"account": repr(account), "instructors": "{" + ", ".join(map(repr, sorted(set(instructors)))) + "}"}
    hub = CONFIG.substitute(**names, **people, course_id_quoted=repr(opened.course_id))
    files = {
        "jupyterhub_config.py": hub,
        "learner/nbgrader_config.py": (opened.folder / FOR_LEARNERS).read_text(encoding="utf-8"),
        "learner/jupyter_server_config.json": _json(SERVER),
        "learner/labconfig/page_config.json": _json(_without(NOT_FOR_LEARNERS)),
        "learner/labconfig/default_setting_overrides.json": _json(QUIET),
        "desk/labconfig/page_config.json": _json(_without(NOT_AT_THE_DESK)),
        "desk/labconfig/default_setting_overrides.json": _json(QUIET),
    }
    return tuple(_write(folder / name, text) for name, text in files.items())


def _account(course: Path) -> str:
    owner = course.stat().st_uid
    try:
        return pwd.getpwuid(owner).pw_name
    except KeyError:
        wrong = f"belongs to user number {owner}, who has no name here."
        raise BadInput([Problem(str(course), 1, "", wrong, "Give it to the account that grades.")]) from None


def _people(course: Path, account: str, instructors: Collection[str]) -> list[Problem]:
    learners, problems = on_roster(course), []
    if account == "root":
        right = "Make an account for the course, and run “grader course new” as that account."
        problems.append(Problem(str(course), 1, "", "belongs to root; formgrader would run as root.", right))
    for name in sorted({*instructors, account}):
        if name in learners:
            wrong = f"“{name}” is a learner on the roster and would reach formgrader."
            problems.append(Problem("--instructor", 1, "", wrong, "Learners and instructors need separate accounts."))
    for name in instructors:
        if not _known(name):
            problems.append(Problem("--instructor", 1, "", f"“{name}” is no account of this machine.", ""))
    return problems


def _known(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False


def _exchange(opened: Opened) -> list[Problem]:
    """A folder on the way to the exchange that learners cannot pass would keep every quiz from them."""
    for folder in reversed((opened.exchange, *opened.exchange.parents)):
        if folder.exists() and not folder.stat().st_mode & 0o001:
            wrong = f"cannot be reached by learners: {folder} is closed."
            right = "Use an exchange outside, such as /srv/nbgrader/exchange: “grader course new --exchange”."
            return [Problem(str(opened.exchange), 1, "", wrong, right)]
    return []


def _json(data: object) -> str:
    return json.dumps(data, indent=1) + "\n"


def _write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_text(text, encoding="utf-8")
    part.chmod(0o644)  # learners’ servers read it, whatever the umask
    part.replace(path)
    return path
