"""nbgrader’s own tests of autograding, before both doors. Nothing is executed, so those that need it are named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow
HERE = Path(__file__).parent
SHIPPED = "nbgrader.tests.apps.test_nbgrader_autograde"
NEED_EXECUTION = {
    "test_grade",
    "test_grade_autotest",
    "test_grade_hashed_autotest",
    "test_grade_complex_autotest",
    "test_showtraceback_exploit",
    "test_student_id_exclude",
    "test_late_submission_penalty_none",
    "test_late_submission_penalty_zero",
    "test_late_submission_penalty_plugin",
    "test_side_effects",
    "test_hidden_tests_single_notebook",
    "test_hidden_tests_autotest",
    "test_missing_source_kernelspec",
    "test_incorrect_source_kernelspec",
    "test_no_execute",
    "test_autograde_timeout",
}
"""They expect points for code that ran, files that it wrote, or a failure because there is no kernel to run it."""


@pytest.mark.parametrize("door", ["nbgrader autograde", "grader grade"])
def test_all_of_nbgraders_own_tests_pass_that_need_no_execution(door, tmp_path):
    path = os.pathsep.join([str(HERE.parent), str(HERE)])
    env = {**os.environ, "DOOR": door, "PYTHONPATH": path, "USER": os.environ.get("USER", "somebody")}
    options = ["-q", "-rA", "--tb=no", "-p", "conformance_doors", "-p", "no:cacheprovider", "--no-header"]
    run = [sys.executable, "-m", "pytest", *options, "--pyargs", SHIPPED]
    done = subprocess.run(run, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=1500)
    results = re.findall(r"^(PASSED|FAILED|ERROR) \S+::(\S+)", done.stdout, re.MULTILINE)
    passed = [name for result, name in results if result == "PASSED"]
    assert {name for result, name in results if result != "PASSED"} == NEED_EXECUTION, done.stdout[-3000:]
    assert len(passed) == 24
