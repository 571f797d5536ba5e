"""A class graded on a cluster of two workers: the same as on one machine, whatever becomes of the cluster."""

import os
import random
import shutil
import signal
import sys
import threading
import time

import distributed
import pytest
from gradebook_rows import learners_graded, rows
from made_class import START, answered, hand_in, put, roster, with_receipt
from sample_quiz import KEYS, QUIZ, SHEET
from test_grade import assert_same, graded, grader, tricks, url

from grader.gradebook import cluster as clusters

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster():
    options = {"threads_per_worker": 2, "dashboard_address": ":0"}
    with distributed.LocalCluster(n_workers=2, processes=True, **options) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def handed_in(tmp_path_factory):
    from grader.gradebook import course

    folder = tmp_path_factory.mktemp("cluster")
    known = roster(folder / "roster.csv", 60)
    course.new(folder / "course", folder / "roster.csv", {QUIZ: (SHEET, KEYS)}, check_owner=False)
    hand_in(folder / "course", SHEET, known)
    tricks(folder / "course")
    return folder / "course"


@pytest.fixture(scope="module")
def by_one_process(handed_in):
    course = shutil.copytree(handed_in, handed_in.parent / "by-one-process")
    assert not graded(course)["failed"]
    return course


@pytest.fixture
def course(handed_in, tmp_path):
    return shutil.copytree(handed_in, tmp_path / "course")


def hands_in_again(course, learner):
    record = answered(SHEET, learner, random.Random("again"), START)
    released = (course / "release" / QUIZ / f"{QUIZ}.ipynb").read_text()
    put(course, QUIZ, learner, record, with_receipt(released, record), START)


def test_a_cluster_leaves_the_same_rows_and_files_as_one_process(course, cluster, by_one_process):
    done = graded(course, "--scheduler", cluster.scheduler_address, "--batch", "25")
    assert not done["failed"]
    assert_same(by_one_process, course)
    again = graded(course, "--scheduler", cluster.scheduler_address)
    assert again["graded"] == []
    assert again["unchanged"] == done["graded"]


def test_a_key_that_changed_since_is_read_anew_by_the_workers(course, cluster):
    everybody = graded(course, "--scheduler", cluster.scheduler_address)["graded"]
    key = course / "keys" / f"{QUIZ}.json"
    key.write_text(key.read_text().replace("Only the court changes its order.", "Only a court changes its order."))
    assert graded(course, "--scheduler", cluster.scheduler_address)["graded"] == everybody
    hands_in_again(course, "learner-00003")
    assert graded(course, "--scheduler", cluster.scheduler_address)["graded"] == ["learner-00003"]


def test_a_worker_that_is_lost_on_the_way_costs_nothing_but_time(course, cluster, by_one_process):
    run = grader(course, "--scheduler", cluster.scheduler_address, "--batch", "5")
    while run.poll() is None and not learners_graded(url(course)):
        time.sleep(0.002)
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    assert run.wait() == 0, run.communicate()[1]
    run.communicate()
    assert_same(by_one_process, course)


def said(course, address):
    return graded(course, "--scheduler", address)["problems"][0]


def test_where_nobody_answers_nothing_is_graded(course, monkeypatch):
    monkeypatch.setattr(clusters, "SECONDS", 2)
    for address in ("tcp://127.0.0.1:1", "nowhere", "carrier-pigeon://loft"):
        problem = said(course, address)
        assert "cannot be reached" in problem["wrong"]
        assert "dask scheduler" in problem["right"]
    assert learners_graded(url(course)) == set()


def test_without_dask_the_way_to_install_it_is_said(course, monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    problem = said(course, "tcp://127.0.0.1:1")
    assert "not installed" in problem["wrong"]
    assert "[dask]" in problem["right"]


def test_a_cluster_without_workers_does_not_keep_anybody_waiting(course, monkeypatch):
    monkeypatch.setattr(clusters, "SECONDS", 2)
    with distributed.LocalCluster(n_workers=0, dashboard_address=":0") as empty:
        assert said(course, empty.scheduler_address)["wrong"] == "has no workers."


def test_a_scheduler_that_is_lost_on_the_way_leaves_whole_batches_and_the_next_run_goes_on(course, by_one_process):
    options = {"threads_per_worker": 1, "dashboard_address": ":0"}
    lost = distributed.LocalCluster(n_workers=1, processes=False, **options)

    def goes_away():
        while not learners_graded(url(course)):
            time.sleep(0.002)
        lost.close()

    away = threading.Thread(target=goes_away)
    away.start()
    problem = graded(course, "--scheduler", lost.scheduler_address, "--batch", "2")["problems"][0]
    away.join()
    assert "was lost" in problem["wrong"] or "has no workers" in problem["wrong"]
    entered = learners_graded(url(course))
    assert 0 < len(entered) < len(learners_graded(url(by_one_process)))
    assert len(entered) % 2 == 0
    assert len(graded(course)["unchanged"]) == len(entered)
    assert_same(by_one_process, course)


def test_a_worker_that_would_grade_by_other_code_is_refused(course, cluster, monkeypatch):
    monkeypatch.setattr(clusters, "software", lambda: "newer")
    problem = said(course, cluster.scheduler_address)
    assert "another version" in problem["wrong"]
    assert "same version everywhere" in problem["right"]
    assert learners_graded(url(course)) == set()


def test_a_worker_that_does_not_see_the_course_folder_is_refused(course, cluster, by_one_process):
    problem = None
    for desks in (nothing_there, another_key):
        eyes = clusters.Cluster(cluster.scheduler_address, clusters.Shelf(settings(course), QUIZ), Desks(course, desks))
        with eyes, pytest.raises(clusters.BadInput) as bad:
            list(eyes.look([jobs(course)]))
        (problem,) = bad.value.problems
        assert "does not find this course" in problem.wrong
        assert str(course) in problem.right
    assert rows(url(course)) != rows(url(by_one_process))


class Desks:
    """Opens the desk of the quiz here, and does something else on a worker."""

    def __init__(self, course, elsewhere):
        self.course, self.elsewhere, self.here = course, elsewhere, os.getpid()

    def __call__(self):
        from grader.gradebook.desk import QuizDesk

        desk = QuizDesk(self.course, QUIZ)
        if os.getpid() != self.here:
            self.elsewhere(desk)
        return {QUIZ: desk}


def nothing_there(desk):
    raise FileNotFoundError("no such folder")


def another_key(desk):
    desk.digest = "another"


def settings(course):
    from grader.gradebook.settings import load, settings_of

    return settings_of(course, load(course))


def jobs(course):
    from grader.gradebook.bulk import Job

    return [Job("learner-00001", course / "submitted" / "learner-00001" / QUIZ, (QUIZ,))]
