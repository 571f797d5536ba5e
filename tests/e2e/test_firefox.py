"""The same in Firefox, wherever a notebook opens. Playwright drives only its own; puppeteer drives Debian’s."""

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.e2e.conftest import REPOSITORY, Front

pytestmark = pytest.mark.browser
FIREFOX = os.environ.get("FIREFOX", "/usr/bin/firefox-esr")
PUPPETEER = REPOSITORY / ".venv-firefox"


def driven(journey: str, address: str, home: Path) -> Any:
    """Let Firefox, with an empty profile, make a journey; returns what was then on the page."""
    assert Path(FIREFOX).exists(), f"{FIREFOX} is not there: install Debian’s firefox-esr, or set FIREFOX"
    assert PUPPETEER.exists(), f"{PUPPETEER} is not there: run “make browser”"
    script = home / "firefox.mjs"  # Node looks for packages beside the script
    script.write_bytes((REPOSITORY / "tests/e2e/firefox.mjs").read_bytes())
    (home / "node_modules").symlink_to(PUPPETEER / "node_modules")
    ran = subprocess.run(
        ["node", str(script), journey, address], env={**os.environ, "FIREFOX": FIREFOX, "HOME": str(home)},
        capture_output=True, text=True, timeout=400,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


def test_in_firefox_practice_explains_to_who_uses_the_keyboard_alone_and_keeps_the_answer(
    every_front: Front, tmp_path: Path
) -> None:
    seen = driven("practice", every_front.address(every_front.practice("firefox-practice")), tmp_path)
    assert "Robin’s wish does not change the order." in seen["told"]
    assert seen["before"] == seen["after"] != []
    assert seen["outside"] == seen["dialogs"] == []


def test_in_firefox_a_quiz_saves_a_choice_and_shows_it_again(every_front: Front, tmp_path: Path) -> None:
    seen = driven("quiz", every_front.address(every_front.quiz("firefox-quiz")), tmp_path)
    assert "1 of 6" in seen["told"]
    assert seen["before"] == seen["after"] != []
    assert seen["outside"] == seen["dialogs"] == []
