"""A class on one server: JupyterHub, an account for everybody, nbgrader's exchange, formgrader for instructors."""

import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from grader.answers import read
from grader.bank import Bank
from grader.record import Store
from grader.scoring import score_record
from grader.sheet import KeySheet, Sheet
from tests.e2e.conftest import CHROMIUM, FLAGS, SLOW
from tests.e2e.hub_course import (
    ACCOUNT,
    COURSE,
    EXCHANGE,
    FORMER,
    HERE,
    INSTRUCTOR,
    LEARNERS,
    QUIZ,
    Hub,
    course_on_a_hub,
    password,
    settings_for,
    started,
)
from tests.e2e.hub_world import REPOSITORY
from tests.e2e.test_whole_path import answer, ready

pytestmark = pytest.mark.hub
expect = pytest.importorskip("playwright.sync_api").expect
MARK = 3.5
"""What the instructor gives ana's text."""


def machine() -> dict[str, object]:
    """What a test might leave behind on the machine."""
    accounts = [subprocess.run(["getent", kind], capture_output=True, text=True).stdout for kind in ("passwd", "group")]
    folders = {name: sorted(os.listdir(name)) for name in ("/home", "/srv", "/mnt", "/etc", "/var/mail")}
    return {"accounts": accounts, "mounts": Path("/proc/self/mountinfo").read_text(), "folders": folders}


def namespaces() -> set[str]:
    """The process namespaces in which something runs."""
    found = set()
    for process in Path("/proc").glob("[0-9]*"):
        try:
            found.add(os.readlink(process / "ns/pid"))
        except OSError:  # it ended meanwhile
            continue
    return found


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Hub, list[int]]]:
    """The hub. When it is gone the machine must be as before: no account, no mount, no file, no process."""
    before = machine()
    with course_on_a_hub(tmp_path_factory.mktemp("hub")) as made:
        own = made[0].world.run("readlink", "/proc/self/ns/pid").strip()
        assert own in namespaces()
        yield made
    assert machine() == before
    assert own not in namespaces()


@pytest.fixture(scope="module")
def hub(running: tuple[Hub, list[int]]) -> Hub:
    return running[0]


@pytest.fixture(scope="module")
def seat(hub: Hub, browser: Any) -> Iterator[Callable[[str], Any]]:
    """The browser of each person, logged in with the password of the Unix account."""
    pages: dict[str, Any] = {}
    chromium = browser.chromium.launch(executable_path=CHROMIUM, args=FLAGS)

    def page_of(name: str) -> Any:
        if name not in pages:
            page = chromium.new_context(viewport={"width": 1280, "height": 1600}).new_page()
            page.set_default_timeout(SLOW)
            log_in(page, hub, name)
            pages[name] = page
        return pages[name]

    yield page_of
    chromium.close()


def log_in(page: Any, hub: Hub, name: str, secret: str | None = None) -> None:
    page.goto(f"{hub.url}/hub/login?next=%2Fhub%2Fhome")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(secret or password(name))
    page.get_by_role("button", name="Sign in").click()
    if secret is None:
        page.wait_for_url(re.compile("/hub/home"))


def start_server(page: Any, hub: Hub, name: str) -> None:
    """Let the hub start somebody's own server, if it does not run."""
    page.goto(f"{hub.url}/hub/spawn/{name}")
    page.wait_for_url(re.compile(f"/user/{name}/lab"))


@pytest.fixture(scope="module")
def quiz() -> tuple[Sheet, KeySheet]:
    return Bank(REPOSITORY).quizzes()[QUIZ]


@pytest.fixture(scope="module")
def shot() -> Callable[[Any, str], None]:
    folder = os.environ.get("SHOTS")
    return lambda page, name: page.screenshot(path=f"{folder}/{name}.png") if folder else None


# The walk: each step by whom it belongs to, and where that person does it.


@pytest.fixture(scope="module")
def released(hub: Hub, seat: Callable[[str], Any], shot: Callable[[Any, str], None]) -> None:
    """Ines gives the quiz out in formgrader."""
    page = seat(INSTRUCTOR)
    row = assignments(page, hub)
    expect(row.locator(".status")).to_have_text("draft")
    row.locator(".release a").click()
    acknowledge(page, f"Successfully released '{QUIZ}'.")
    expect(row.locator(".status")).to_have_text("released")
    shot(page, "hub-released")


@pytest.fixture(scope="module")
def handed_in(
    hub: Hub,
    released: None,
    seat: Callable[[str], Any],
    quiz: tuple[Sheet, KeySheet],
    shot: Callable[[Any, str], None],
    tmp_path_factory: pytest.TempPathFactory,
) -> dict[str, float]:
    """Ana fetches, answers and hands in by clicks, the others by commands. Returns the points each has earned."""
    sheet, keys = quiz
    page = open_assignments(seat("ana"), hub, "ana")
    page.get_by_role("button", name="Fetch", exact=True).click()
    expect(page.locator("#fetched_assignments_list").get_by_text(QUIZ).first).to_be_visible()
    page.goto(f"{hub.url}/user/ana/doc/tree/{QUIZ}/{QUIZ}.ipynb")
    ready(page, sheet)
    for n, (item, key) in enumerate(zip(sheet.items, keys.items, strict=True)):
        variant = item.pick(sheet.salt, "ana")
        box = page.locator(".grader-question").nth(n)
        answer(box, item.kind, variant, key.of(variant.variant))
        expect(box.locator(".grader-status")).to_contain_text("Saved.")
    page.locator(".grader-receipt").scroll_into_view_if_needed()
    expect(page.locator(".grader-receipt")).to_contain_text(f"{len(sheet.items)} of {len(sheet.items)} answers saved")
    shot(page, "hub-ana-receipt")
    open_assignments(page, hub, "ana")
    page.get_by_role("button", name="Submit", exact=True).click()
    expect(page.locator("#submitted_assignments_list").get_by_text(QUIZ).first).to_be_visible()
    shot(page, "hub-ana-submitted")
    folder = tmp_path_factory.mktemp("answers")
    for name in ("ben", "cleo"):
        hub.learner(name, "nbgrader", "fetch_assignment", QUIZ)
        path = folder / name / f"{QUIZ}.answers.json"
        path.parent.mkdir()
        answer_all(Store(path, sheet, name), keys, right=name == "cleo")
        hub.world.write(f"/home/{name}/{QUIZ}/{path.name}", path.read_text(), user=name)
        hub.learner(name, "nbgrader", "submit", QUIZ)
    own = hub.world.run("cat", f"/home/ana/{QUIZ}/{QUIZ}.answers.json", user="ana")
    (folder / "ana").mkdir()
    (folder / "ana" / f"{QUIZ}.answers.json").write_text(own)
    return {name: earned(quiz, folder / name, name) for name in LEARNERS}


@pytest.fixture(scope="module")
def graded(
    hub: Hub, handed_in: dict[str, float], seat: Callable[[str], Any], shot: Callable[[Any, str], None]
) -> dict[str, float]:
    """Ines collects in formgrader, grades ana there and the others by one command, and marks ana's text by hand."""
    forge(hub)
    page = seat(INSTRUCTOR)
    assignments(page, hub).locator(".collect a").click()
    acknowledge(page, f"Successfully collected submissions of '{QUIZ}'.")
    page.goto(f"{hub.desk}/formgrader/manage_submissions/{QUIZ}")
    expect(page.locator("tbody .status")).to_have_text(["needs autograding"] * len(LEARNERS))
    page.locator("tbody tr").filter(has=page.get_by_text("ana", exact=True)).locator(".autograde a").click()
    acknowledge(page, f"Successfully autograded '{QUIZ}' for student 'ana'.")
    hub.world.run("grader", "grade", QUIZ, user=ACCOUNT, folder=COURSE)
    page.reload()
    expect(page.locator("tbody .status", has_text="needs autograding")).to_have_count(0)
    shot(page, "hub-submissions")
    give_mark(page, hub, "ana")
    shot(page, "hub-marking")
    return handed_in


@pytest.fixture(scope="module")
def told(
    hub: Hub, graded: dict[str, float], seat: Callable[[str], Any], shot: Callable[[Any, str], None]
) -> dict[str, str]:
    """Ines releases the feedback once the quiz has closed; everybody fetches theirs. Returns what reached whom."""
    page = seat(INSTRUCTOR)
    assignments(page, hub).locator(".generate-feedback a").click()
    acknowledge(page, f"Successfully generated feedback of '{QUIZ}'.")
    assignments(page, hub).locator(".release-feedback a").click()
    acknowledge(page, f"{QUIZ} is never due, so it never closes.")
    hub.world.run("grader", "course", "due", QUIZ, f"{datetime.now():%Y-%m-%dT%H:%M}", user=ACCOUNT, folder=COURSE)
    assignments(page, hub).locator(".release-feedback a").click()
    acknowledge(page, f"Successfully released feedback of '{QUIZ}'.")
    ana = open_assignments(seat("ana"), hub, "ana")
    ana.get_by_role("button", name="Fetch Feedback").click()
    expect(ana.get_by_text("view feedback")).to_be_visible()
    shot(ana, "hub-ana-fetched-feedback")
    for name in ("ben", "cleo"):
        hub.learner(name, "nbgrader", "fetch_feedback", QUIZ)
    find = ("sh", "-c", f"find ~/{QUIZ}/feedback -name '*.html' -exec cat {{}} +")
    return {name: hub.world.run(*find, user=name) for name in LEARNERS}


def assignments(page: Any, hub: Hub) -> Any:
    """The line of the quiz in formgrader."""
    page.goto(f"{hub.desk}/formgrader/manage_assignments")
    row = page.locator("tbody tr").filter(has=page.get_by_role("link", name=QUIZ, exact=True))
    expect(row).to_be_visible()
    return row


def acknowledge(page: Any, text: str) -> None:
    """Read what formgrader says and close it."""
    dialog = page.locator(".modal.in")
    expect(dialog).to_contain_text(text)
    dialog.get_by_role("button", name="OK").click()
    expect(page.locator(".modal")).to_have_count(0)


def open_assignments(page: Any, hub: Hub, name: str) -> Any:
    """Open the list of assignments in a learner's JupyterLab."""
    start_server(page, hub, name)
    page.goto(f"{hub.url}/user/{name}/lab?reset")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    page.locator(".lm-Menu-item", has_text="Assignment List").click()
    expect(page.get_by_text("Released assignments", exact=True)).to_be_visible()
    return page


def answer_all(store: Store, keys: KeySheet, right: bool) -> None:
    """Answer everything but texts, rightly or wrongly."""
    for item, key in zip(store.sheet.items, keys.items, strict=True):
        choices = key.of(store.variant(item.id).variant)
        if item.kind in ("single", "sentence", "select") and choices:
            some = [id for id, choice in choices.choices.items() if choice.right is right]
            assert store.answer(item.id, some if right else some[:1]).ok


def earned(quiz: tuple[Sheet, KeySheet], folder: Path, name: str) -> float:
    """The points of what a learner handed in, by the rules alone."""
    sheet, keys = quiz
    scores, _ = score_record(keys, sheet, read(folder / f"{QUIZ}.answers.json"), learner=name)
    return sum(score.points for score in scores.values())


def forge(hub: Hub) -> None:
    """Ben hands in under ana's name, with a later time and nothing answered."""
    later = "2031-01-01 00:00:00.000000 UTC"
    folder = f"{HERE}/inbound/ana+{QUIZ}+{later}+forged"
    hub.world.run("cp", "-r", f"/home/ben/{QUIZ}", folder, user="ben")
    hub.world.write(f"{folder}/timestamp.txt", later, user="ben")
    hub.world.run("chmod", "-R", "a+rwX", folder, user="ben")


def give_mark(page: Any, hub: Hub, name: str) -> None:
    """Mark the text of one learner in formgrader."""
    page.goto(f"{hub.desk}/formgrader/manage_students/{name}/{QUIZ}")
    page.locator("tbody").get_by_role("link", name=QUIZ, exact=True).click()
    box = page.locator("input.score.needs_manual_grade")
    box.fill(str(MARK))
    with page.expect_response(lambda reply: "/formgrader/api/grade/" in reply.url and reply.request.method == "PUT"):
        box.press("Tab")


def standing(hub: Hub) -> dict[str, dict[str, Any]]:
    """Where each learner stands, as the instructor's command tells it."""
    found = json.loads(hub.world.run("grader", "course", "status", "--json", user=ACCOUNT, folder=COURSE))
    return {place["learner"]: place for place in found["learners"] if place["quiz"] == QUIZ}


def refused(hub: Hub, user: str, *words: str) -> bool:
    """Whether the machine forbids a command to a user."""
    done = hub.world.tried(*words, user=user)
    said = done.stderr.lower()
    return done.returncode != 0 and ("permission denied" in said or "not permitted" in said)


# What must hold.


def test_everybody_gets_the_grade_of_their_own_work(hub: Hub, graded: dict[str, float]) -> None:
    places = standing(hub)
    assert {name: place["score"] for name, place in places.items()} == {
        "ana": graded["ana"] + MARK, "ben": graded["ben"], "cleo": graded["cleo"],
    }  # fmt: skip
    assert places["ana"]["state"] == "graded"
    assert graded["ana"] > graded["ben"]


def test_times_are_those_of_handing_in(hub: Hub, graded: dict[str, float]) -> None:
    for name, place in standing(hub).items():
        stamp = hub.world.run("cat", f"{COURSE}/submitted/{name}/{QUIZ}/timestamp.txt", user=ACCOUNT).strip()
        handed_in = datetime.fromisoformat(place["collected"])
        assert abs((datetime.fromisoformat(stamp.removesuffix(" UTC")).replace(tzinfo=UTC) - handed_in).seconds) < 2
        assert 0 <= (datetime.now(UTC) - handed_in).total_seconds() < 1800, name


def test_work_handed_in_under_another_name_is_left_behind_and_reported(hub: Hub, graded: dict[str, float]) -> None:
    own = hub.world.run("cat", f"/home/ana/{QUIZ}/{QUIZ}.answers.json", user="ana")
    assert hub.world.run("cat", f"{COURSE}/submitted/ana/{QUIZ}/{QUIZ}.answers.json", user=ACCOUNT) == own
    said = hub.world.tried("grader", "collect", QUIZ, user=ACCOUNT, folder=COURSE)
    assert said.returncode == 0
    assert re.search(r"belongs to\s+ben", said.stdout + said.stderr)


def test_feedback_reaches_whom_it_is_for(hub: Hub, told: dict[str, str]) -> None:
    for name, page in told.items():
        assert page.count("<html") == 1
        assert re.findall(r"<p>For (.*?)\. <strong>", page) == [name]


def test_a_learner_reads_the_feedback_in_the_hub(
    hub: Hub, told: dict[str, str], seat: Callable[[str], Any], shot: Callable[[Any, str], None]
) -> None:
    page = seat("ana")
    path = hub.world.run("sh", "-c", f"cd ~ && find {QUIZ}/feedback -name '*.html'", user="ana").strip()
    page.goto(f"{hub.url}/user/ana/doc/tree/{path}")
    shown = page.frame_locator("iframe")
    expect(shown.get_by_role("heading", level=1)).to_contain_text("Feedback")
    shot(page, "hub-ana-feedback")


def test_learners_see_only_what_is_for_learners(hub: Hub, released: None, seat: Callable[[str], Any]) -> None:
    page = open_assignments(seat("ana"), hub, "ana")
    page.get_by_role("menuitem", name="Nbgrader", exact=True).click()
    expect(page.locator(".lm-Menu-item:visible .lm-Menu-itemLabel:not(:empty)")).to_have_text(["Assignment List"])
    page.keyboard.press("Escape")
    assert page.get_by_text("Create Assignment").count() == 0
    assert page.goto(f"{hub.url}/user/ana/formgrader").status == 404


def test_instructors_find_formgrader_and_the_tools_for_authors(
    hub: Hub, released: None, seat: Callable[[str], Any], shot: Callable[[Any, str], None]
) -> None:
    page = seat(INSTRUCTOR)
    page.goto(f"{hub.desk}/")
    expect(page.get_by_role("heading", name="Manage Assignments")).to_be_visible()
    page.goto(f"{hub.desk}/lab?reset")
    expect(page.get_by_role("tab", name="Create Assignment")).to_be_visible()
    shot(page, "hub-desk")


@pytest.mark.parametrize("path", ["", "formgrader", "formgrader/api/assignments", "lab", "api/contents/keys", "tree"])
def test_a_learner_gets_403_at_the_desk(hub: Hub, graded: Any, seat: Callable[[str], Any], path: str) -> None:
    for name in ("ana", "ben"):
        reply = seat(name).goto(f"{hub.desk}/{path}")
        assert reply.status == 403, reply.url


def test_a_learners_token_opens_nobody_elses_door(hub: Hub, graded: Any, seat: Callable[[str], Any]) -> None:
    start_server(seat("ben"), hub, "ben")
    token = hub.world.run("sh", "-c", OWN_TOKEN, user="ben").strip()
    assert len(token) > 20
    asked = seat("ben").context.request
    bearer = {"Authorization": f"token {token}"}
    for place in (
        f"{hub.desk}/formgrader/api/assignments", f"{hub.url}/hub/api/users", f"{hub.url}/hub/api/users/ana",
        f"{hub.url}/user/ana/api/contents", f"{hub.url}/hub/api/services",
    ):  # fmt: skip
        reply = asked.get(place, headers=bearer, max_redirects=0)
        assert reply.status in (302, 403, 404) or reply.json() == {}, (place, reply.status, reply.text()[:300])


OWN_TOKEN = r"""
for process in $(pgrep -u "$USER" -f jupyterhub-singleuser); do
  tr '\0' '\n' < /proc/$process/environ | sed -n 's/^JUPYTERHUB_API_TOKEN=//p'
done | head -1
"""


@pytest.mark.parametrize(
    "path",
    [
        "/home/cleo", "/home/ana/waiver/waiver.answers.json", "/home/ana/.local/share/jupyter/nbgrader_cache",
        "/home/orders", f"{COURSE}/keys/{QUIZ}.json", f"{COURSE}/source/{QUIZ}", f"{COURSE}/gradebook.db",
        f"{COURSE}/submitted/ana", f"{COURSE}/autograded", f"{COURSE}/feedback/ana", f"{COURSE}/roster.csv",
        "/home/orders/checkout/scenarios", f"{HERE}/inbound", f"{HERE}/feedback", f"{HERE}/fetched",
        "/srv/jupyterhub/jupyterhub.sqlite", "/srv/jupyterhub/jupyterhub_cookie_secret",
    ],
)  # fmt: skip
def test_a_learner_cannot_read_what_belongs_to_others(
    hub: Hub, told: Any, seat: Callable[[str], Any], path: str
) -> None:
    start_server(seat("cleo"), hub, "cleo")
    assert hub.world.run("test", "-e", path) == "", "or else this would prove nothing"
    assert refused(hub, "ben", "ls" if path.startswith(HERE) else "cat", path) or refused(hub, "ben", "ls", path)


def test_what_was_handed_in_is_closed_even_to_those_who_know_its_name(hub: Hub, handed_in: Any) -> None:
    for owner in ("ana", "cleo"):
        folder = hub.world.run("sh", "-c", f"ls -d {HERE}/inbound/{owner}+*").strip().splitlines()[0]
        assert refused(hub, "ben", "cat", f"{folder}/{QUIZ}.answers.json")
        assert refused(hub, "ben", "ls", folder)
        assert refused(hub, "ben", "mv", folder, f"{HERE}/inbound/gone")
        assert refused(hub, "ben", "touch", f"{folder}/more")


def test_a_learner_cannot_put_a_course_of_their_own_in_the_place_of_the_real_one(hub: Hub, released: None) -> None:
    assert refused(hub, "ben", "mv", HERE, f"{EXCHANGE}/gone")
    assert refused(hub, "ben", "mkdir", f"{HERE}/outbound/other")
    assert refused(hub, "ben", "touch", f"{HERE}/outbound/{QUIZ}/{QUIZ}.ipynb")
    assert refused(hub, "ben", "mv", f"{HERE}/inbound", f"{HERE}/gone")
    assert refused(hub, "ben", "rm", f"{HERE}/fetched/ana+{QUIZ}") or refused(hub, "ben", "ls", f"{HERE}/fetched")


def test_no_key_is_in_what_learners_fetch_or_run(hub: Hub, handed_in: Any, quiz: tuple[Sheet, KeySheet]) -> None:
    fetched = hub.world.run("cat", f"{HERE}/outbound/{QUIZ}/{QUIZ}.ipynb", user="ben")
    looked_for = {anchor for item in quiz[1].items for key in item.variants for _, _, anchor in key.rubric}
    assert looked_for
    assert not [words for words in (*looked_for, "misconception", '"credit', '"right', "rubric") if words in fetched]
    python = "import grader, pathlib; print(*pathlib.Path(grader.__file__).parents[1].glob('scenarios'))"
    assert hub.world.run("python", "-c", python, user="ben").strip() == ""


def test_a_wrong_password_and_a_stranger_stay_outside(hub: Hub, seat: Callable[[str], Any]) -> None:
    page = seat("ben").context.browser.new_context().new_page()
    for name, secret in (("ana", "guess"), (ACCOUNT, password(ACCOUNT)), ("root", "root")):
        log_in(page, hub, name, secret)
        expect(page.get_by_text(re.compile("Invalid username or password|not allowed|403"))).to_be_visible()


def test_whoever_stops_being_an_instructor_is_shut_out_when_the_hub_starts_again(
    running: tuple[Hub, list[int]], told: Any, seat: Callable[[str], Any], tmp_path: Path
) -> None:
    hub, ports = running
    assert seat(FORMER).goto(f"{hub.desk}/formgrader").status == 200
    settings_for(hub.world, [INSTRUCTOR], ports[3])
    hub.stop()
    with started(hub.world, ports, tmp_path / "again.log") as again:
        assert seat(FORMER).goto(f"{again.desk}/formgrader").status == 403
        assert seat(INSTRUCTOR).goto(f"{again.desk}/formgrader").status == 200
        seat(FORMER).goto(f"{again.url}/hub/spawn/{FORMER}")
        assert f"/user/{FORMER}/" not in seat(FORMER).url
        assert hub.world.tried("pgrep", "-u", FORMER).stdout == "", "still logged in, but nothing starts"
