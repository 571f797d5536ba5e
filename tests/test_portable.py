"""Law and stories reach a learner's browser as JSON, and there they are what they were for the author."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from grader.bank import Bank
from grader.law import compiled, files
from grader.law import law as on_file
from grader.portable import packed, unpacked
from grader.rules import ask as decide
from grader.whatif.stories import as_json
from grader.whatifbook import stories

ROOT = Path(__file__).parent.parent
BANK = Bank(ROOT)
BLOCKED = ("pydantic", "yaml", "IPython", "ipywidgets", "anywidget", "nbgrader", "pandas")
BARE = f"""
import sys
class Blocked:
    def find_spec(self, name, *rest):
        if name.partition(".")[0] in {BLOCKED}:
            raise ImportError(f"{{name}} is not there")
sys.meta_path.insert(0, Blocked())
"""


@pytest.fixture(scope="module")
def law_file(tmp_path_factory):
    file = tmp_path_factory.mktemp("law") / "law.json"
    file.write_text(compiled.on_file(), encoding="utf-8")
    return file


def test_the_compiled_law_names_every_place_in_the_same_order(law_file):
    assert compiled.names(law_file) == files.names()


@pytest.mark.parametrize("place", files.names())
def test_the_law_of_a_place_comes_back_as_it_was(law_file, place):
    assert compiled.load(place, law_file) == files.load(place)


def test_a_place_that_is_not_on_file_is_not_found(law_file):
    with pytest.raises(KeyError, match="us-zz"):
        compiled.load("us-zz", law_file)


def test_law_compiled_by_another_version_is_refused(tmp_path):
    (tmp_path / "law.json").write_text('{"schema": 99, "places": {}}')
    with pytest.raises(ValueError, match="another version of the course"):
        compiled.names(tmp_path / "law.json")


@pytest.mark.parametrize("family", BANK.stories, ids=lambda family: family.id)
def test_a_story_comes_back_as_it_was_with_all_its_variants(family):
    again = unpacked(json.loads(json.dumps(packed(family))))
    assert again == family
    assert again.variants() == family.variants()


def test_every_finding_of_the_bank_is_the_same_from_compiled_law_and_stories(law_file):
    again = {family.id: unpacked(json.loads(json.dumps(packed(family)))) for family in BANK.families.values()}
    laws = {place: compiled.load(place, law_file) for place in compiled.names(law_file)}
    for id, family in BANK.families.items():
        for here, there in zip(family.asked(), again[id].asked(), strict=True):
            assert decide(here.scenario, on_file(here.place), here.ask, here.act) == decide(
                there.scenario, laws[there.place], there.ask, there.act
            )


@pytest.mark.parametrize(
    "wrong", [{"id": 3}, {"people": 7}, {"nonsense": 1}, {"story": [{"says": 5}]}, {"topics": ["no-such-topic"]}]
)
def test_what_is_no_story_is_refused_in_words(wrong):
    whole = packed(BANK.families["invited-to-dinner"])
    with pytest.raises(ValueError, match="this is no story of the course"):
        unpacked(whole | wrong)


def bare(code: str, folder: Path) -> str:
    done = subprocess.run([sys.executable, "-c", BARE + code], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The course as a browser has it: the wheel unpacked, and beside it the standard library alone."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    with ZipFile(next(folder.glob("*.whl"))) as wheel:
        wheel.extractall(folder)
    return folder


def test_the_wheel_carries_the_law_of_this_checkout(installed, law_file):
    assert (installed / "grader/law/law.json").read_text() == law_file.read_text()
    assert not compiled.FILE.exists(), "a checkout reads its YAML files"


def test_in_a_bare_python_the_wheel_reads_the_law_and_answers_a_question(installed):
    story = json.dumps(packed(BANK.families["invited-to-dinner"]))
    code = f"""
import json
from grader.law import law, jurisdictions
from grader.portable import unpacked
from grader.rules import ask
import grader.misconceptions, grader.questions, grader.practice
family = unpacked(json.loads({story!r}))
finding = ask(family.variants()[0], law("us-ma"), family.asks[0])
print(len(jurisdictions()), finding.answer, finding.deciding.cites[0].cite)
"""
    assert bare(code, installed).startswith("26 violation ")


def test_in_a_bare_python_the_what_if_explorer_finds_what_flips_an_answer(installed, tmp_path):
    held = tmp_path / "stories.json"
    held.write_text(json.dumps(as_json(stories(BANK))), encoding="utf-8")
    code = f"""
import json, pathlib
from grader.whatif.session import Session
from grader.whatif.stories import from_json
session = Session(from_json(json.loads(pathlib.Path({str(held)!r}).read_text())), "invited-to-dinner")
print(session.do("set", "1-notice", "none"))
print(len(session.shown()["pictures"]), len(session.searched()["groups"]) > 0)
"""
    said = bare(code, installed).splitlines()
    assert said == ["The answer is now: No. As told it was: Yes.", "2 True"]
