"""A learner changes a story in a real browser and sees what follows: by mouse, by keyboard alone, on any screen."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.bank import Bank
from grader.facts import Person
from grader.notebooks import write
from grader.whatif.session import Session
from grader.whatif.stories import Story
from grader.whatifbook import notebook, stories
from tests.e2e.conftest import CHROMIUM, FLAGS, SLOW, Lab
from tests.e2e.explorer_page import show

pytestmark = pytest.mark.browser
expect = pytest.importorskip("playwright.sync_api").expect
STORIES = stories(Bank(Path(__file__).parents[2]))
Show = Callable[..., Any]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture(scope="module")
def chromium(browser: Any) -> Iterator[Any]:
    started = browser.chromium.launch(executable_path=CHROMIUM, headless=True, args=FLAGS)
    yield started
    started.close()


@pytest.fixture
def shown(chromium: Any) -> Iterator[Show]:
    """Show a story on a page of its own."""
    contexts: list[Any] = []

    def shown(story: str = "invited-to-dinner", found: tuple[Story, ...] = STORIES, **options: Any) -> Any:
        context = chromium.new_context(**{"viewport": {"width": 1280, "height": 1000}, **options})
        contexts.append(context)
        context.set_default_timeout(SLOW)
        page = context.new_page()
        page.troubles = []
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        show(page, Session(found, story))
        expect(page.get_by_role("heading", name="Which single change gives another answer?")).to_be_visible()
        return page

    yield shown
    for context in contexts:
        context.close()


def now(page: Any) -> Any:
    return page.get_by_role("status")


def line(page: Any, n: int) -> Any:
    return page.locator(".grader-lines > li").nth(n)


def unfold(page: Any, n: int) -> Any:
    """Open what can be changed about one sentence."""
    line(page, n).locator("summary", has_text="Change this").first.click()
    return line(page, n)


def side(page: Any, name: str) -> Any:
    return page.get_by_role("region", name=name)


def test_a_fact_is_changed_and_the_answer_the_reasons_the_sentence_and_the_picture_follow(shown: Show) -> None:
    page = shown()
    expect(side(page, "As told").locator(".grader-answer")).to_have_text("The answer: Yes")
    before = page.locator("figure svg").first.inner_html()
    unfold(page, 1)
    page.get_by_label("How Riley learned of the order").select_option("none")
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")
    changed = side(page, "As you changed it")
    expect(changed.locator(".grader-answer")).to_have_text("The answer: No")
    expect(changed).to_contain_text("Riley did not know of the order yet.")
    changed.get_by_text("All the reasons, step by step").click()
    expect(changed.locator("ol > li").last).to_contain_text("new Riley did not know of the order yet.")
    expect(line(page, 1)).to_contain_text("✎ changed")
    expect(line(page, 1).locator(".grader-note")).to_contain_text("not told in any way (in the story: present when")
    assert page.locator("figure svg").first.inner_html() != before
    expect(page.locator("h3:has-text('You changed') + ul")).to_contain_text("not told in any way")
    assert page.troubles == []


def test_a_change_that_flips_the_answer_is_tried_with_one_press_and_taken_back(shown: Show) -> None:
    page = shown()
    page.get_by_role("button", name="Who did it: Dana → No").click()
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")
    expect(page.get_by_role("heading", name="The answer now")).to_be_focused()
    sentence = line(page, 4).locator("p").first
    expect(sentence.locator("mark")).to_have_text("That evening Dana goes to Riley’s home. They talk for two hours.")
    page.get_by_role("button", name="Undo the last change").click()
    expect(now(page)).to_have_text("The story as it is told. The answer: Yes.")
    expect(sentence).to_have_text("That evening Riley goes to Dana’s home. They talk for two hours. ◀ decides")
    expect(page.get_by_role("button", name="Undo the last change")).to_have_count(0)


def test_several_facts_are_changed_and_the_story_as_told_comes_back_at_once(shown: Show) -> None:
    page = shown()
    visit = unfold(page, 4)
    visit.get_by_label("The day it happened", exact=True).fill("2028-01-01")
    visit.get_by_role("button", name="Use this: The day it happened").click()
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")
    page.get_by_label("Where the question is asked").select_option("us-ca")
    expect(page.locator(".grader-side").nth(1)).to_contain_text("ran out")
    page.get_by_role("button", name="Back to the story as told").click()
    expect(now(page)).to_have_text("The story as it is told. The answer: Yes.")
    expect(page.get_by_label("Where the question is asked")).to_have_value("general")
    page.get_by_role("heading", name="The case in pictures").scroll_into_view_if_needed()
    expect(now(page)).to_be_in_viewport()


def test_a_day_that_cannot_be_is_refused_in_words_and_the_old_one_stands(shown: Show) -> None:
    page = shown()
    unfold(page, 1)
    page.get_by_label("The end date on the paper", exact=True).fill("2020-01-01")
    page.keyboard.press("Enter")
    expect(now(page)).to_contain_text("“The end date on the paper” would come before “The day the order was made”.")
    expect(page.get_by_label("The end date on the paper", exact=True)).to_have_value("2027-02-05")


def test_the_authors_other_sentence_and_the_terms_of_an_order_are_changed_by_ticking(shown: Show) -> None:
    page = shown()
    unfold(page, 1)
    page.get_by_text("Peaceful contact is not forbidden.").first.click()
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")
    page.get_by_role("button", name="Undo the last change").click()
    expect(now(page)).to_have_text("The story as it is told. The answer: Yes.")
    line(page, 1).locator("summary", has_text="What the order forbids").click()
    line(page, 1).get_by_label("no contact, directly or through someone else").uncheck()
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")


def test_what_the_courts_have_not_settled_is_shown_as_an_answer(shown: Show) -> None:
    page = shown()
    page.get_by_role("button", name="Vermont → The courts have not settled it").click()
    expect(now(page)).to_contain_text("The answer is now: The courts have not settled it.")
    expect(side(page, "As you changed it")).to_contain_text("The courts have not settled this.")


def test_another_story_and_another_question_are_picked(shown: Show) -> None:
    page = shown()
    page.get_by_role("radio", name="does Dana break").check()
    expect(now(page)).to_have_text("The story as it is told. The answer: No.")
    page.get_by_label("The story", exact=True).focus()
    page.get_by_label("The story", exact=True).select_option("ten-days")
    expect(page.locator(".grader-lines")).to_contain_text("Without hearing")
    expect(page.get_by_label("The story", exact=True)).to_be_focused()


def test_everything_can_be_done_with_the_keyboard_alone(shown: Show) -> None:
    page = shown()
    page.get_by_label("The story", exact=True).focus()
    keys = page.keyboard
    for _ in range(3):
        keys.press("Tab")  # the questions, the place, the first “Change this”
    keys.press("Tab")
    expect(line(page, 1).locator("summary").first).to_be_focused()
    keys.press("Enter")
    keys.press("Tab")
    keys.press("ArrowDown")
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")
    expect(page.get_by_role("radio", name="Peaceful contact is not forbidden.")).to_be_focused()
    expect(page.get_by_role("radio", name="Peaceful contact is not forbidden.")).to_be_checked()
    keys.press("ArrowUp")
    expect(now(page)).to_have_text("The answer stays the same: Yes.")
    page.get_by_role("button", name="How Riley learned of the order: not told in any way → No").focus()
    keys.press("Enter")
    expect(page.get_by_role("heading", name="The answer now")).to_be_focused()
    keys.press("Tab")
    expect(page.get_by_role("button", name="Undo the last change")).to_be_focused()
    keys.press("Space")
    expect(now(page)).to_have_text("The answer stays the same: Yes.")


def test_every_focusable_thing_keeps_the_keys_of_the_notebook_away(shown: Show) -> None:
    page = shown()
    bare = "a, button, input, select, summary, textarea"
    assert page.locator(f".grader-explore :is({bare}):not([data-lm-suppress-shortcuts])").count() == 0


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_nothing_is_cut_off_and_no_rule_of_access_is_broken(
    shown: Show, shot: Callable[[Any, str], None], width: int
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    page = shown(viewport={"width": width, "height": 12_000})
    unfold(page, 1)
    unfold(page, 4)
    page.get_by_label("How Riley learned of the order").select_option("none")
    expect(now(page)).to_have_text("The answer is now: No. As told it was: Yes.")
    page.locator("summary", has_text="More facts that the rule looks at").first.click()
    page.locator("summary", has_text="The picture in words").first.click()
    shot(page, f"what-if-{width}")
    assert page.evaluate("document.documentElement.scrollWidth") == width
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": WCAG}}).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_page_reads_in_forced_colours_and_at_twice_the_size(shown: Show, shot: Callable[[Any, str], None]) -> None:
    page = shown(forced_colors="active", viewport={"width": 640, "height": 900}, device_scale_factor=2)
    page.get_by_role("button", name="Who did it: Dana → No").click()
    expect(now(page)).to_contain_text("The answer is now: No.")
    shot(page, "what-if-forced-colours")
    assert page.evaluate("document.documentElement.scrollWidth") == 640


def test_names_that_look_like_markup_are_shown_as_text(shown: Show) -> None:
    family = next(story.family for story in STORIES if story.family.id == "invited-to-dinner")
    people = {**family.people, "dana": Person(name="<img src=x onerror=alert(1)>")}
    hostile = Story(type(family)(**{**vars(family), "people": people}), {})
    page = shown("invited-to-dinner", (hostile,))
    expect(page.locator(".grader-lines")).to_contain_text("<img src=x onerror=alert(1)> and Riley were once married.")
    assert page.locator("img").count() == 0


def test_the_explorer_runs_in_a_real_notebook(
    lab: Lab, open_page: Callable[..., Any], shot: Callable[..., None]
) -> None:
    path = lab.root / "what-if" / "what-if.ipynb"
    path.parent.mkdir(exist_ok=True)
    write(notebook(STORIES), path)
    page = open_page(lab.address(path))
    explorer = page.locator(".grader-explore")
    expect(explorer).to_be_visible()
    expect(page.locator(".grader-wait")).to_be_hidden()
    page.get_by_label("The story", exact=True).select_option("invited-to-dinner")
    page.get_by_role("button", name="Who did it: Dana → No").click()
    expect(explorer.get_by_role("status")).to_have_text("The answer is now: No. As told it was: Yes.")
    page.keyboard.press("d")
    page.keyboard.press("d")
    expect(explorer).to_be_visible()
    expect(explorer.get_by_role("status")).to_be_in_viewport()
    shot(page, "what-if-lab")
    assert page.outside == []


def test_a_story_is_reached_by_typing_how_its_title_begins(shown: Show) -> None:
    page = shown()
    choice = page.get_by_label("The story", exact=True)
    choice.focus()
    page.keyboard.type("At", delay=150)
    expect(choice).to_have_value("at-the-party")
    expect(now(page)).to_contain_text("The story as it is told.")
    expect(choice).to_be_focused()
    expect(choice).to_have_value("at-the-party")
