"""How law files are read: what is refused, where and with which hint, and how one file stands behind another."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from grader.law import Law, LawNotKnown, Length, OrderLaw, Value, jurisdictions, law
from grader.law.files import load
from grader.reading import BadInput, Problem

NAMES = "label: Somewhere\nplace: in Somewhere\n"
HEAD = """\
jurisdiction: some-where
order: {order}
label: protection order
realises: [final]
checked: 2026-11-21
"""
PROVISIONS = """\
provisions:
  statute: {cite: "§ 1", href: "https://example.org/1", confidence: primary, gist: "Only the court ends the order."}
  decision: {cite: "A. v. B.", href: "https://example.org/2", confidence: primary, gist: "The order outlives the case."}
"""
GOOD = "  consent_is_defence: [{value: false, since: 2020-01-01, cite: statute}]\n"
LINE = (HEAD + PROVISIONS).count("\n") + 2
DAY = date(2026, 6, 1)


def order(*parameters: str, name: str = "order", more: str = "") -> str:
    """A law file with some parameters; the first of them stands on line LINE."""
    lines = "".join(line if line.endswith("\n") else f"  {line}\n" for line in parameters) or GOOD
    return HEAD.format(order=name) + PROVISIONS + "parameters:\n" + lines + more


class Shelf:
    """A folder of law files of one jurisdiction, some-where."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.place = folder / "some_where"
        self.place.mkdir()
        self.put("jurisdiction", NAMES)

    def put(self, name: str, text: str | bytes) -> "Shelf":
        raw = text.encode() if isinstance(text, str) else text
        (self.place / f"{name}.yaml").write_bytes(raw)
        return self

    def law(self) -> Law:
        return load("some-where", self.folder)

    def order(self, name: str = "order") -> OrderLaw:
        return next(found for found in self.law().orders if found.order == name)

    def problems(self) -> tuple[Problem, ...]:
        with pytest.raises(BadInput) as refused:
            self.law()
        return refused.value.problems

    def refuses(self, text: str | bytes) -> Problem:
        """The one problem of one file."""
        (problem,) = self.put("order", text).problems()
        assert problem.file == "grader/law/some_where/order.yaml"
        return problem


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path)


def seen(problem: Problem) -> tuple[int, str]:
    return problem.line, problem.field


def test_a_good_file_is_read(shelf: Shelf) -> None:
    value = shelf.put("order", order()).order().value("consent_is_defence", DAY)
    assert (value.value, value.exact, [cite.cite for cite in value.cites]) == (False, True, ["§ 1"])


# What is wrong with a value


def test_a_value_without_an_authority_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, since: 2020-01-01}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0].cite")
    assert (problem.wrong, problem.right) == ("is missing.", "Every entry of this kind needs it.")


def test_a_value_with_an_empty_list_of_authorities_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, since: 2020-01-01, cite: []}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0].cite")
    assert (problem.wrong, problem.right) == ("is empty.", "Every value names the provision it rests on.")


def test_an_authority_that_the_file_does_not_hold_is_refused_and_the_nearest_named(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, since: 2020-01-01, cite: [statute, desicion]}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0].cite")
    assert problem.wrong == "“desicion” is no provision of this file."
    assert problem.right == "Did you mean decision?"


def test_a_question_that_no_rule_asks_is_refused_and_the_nearest_named(shelf: Shelf) -> None:
    problem = shelf.refuses(order(GOOD, "renewabel: [{value: true, since: 2020-01-01, cite: statute}]"))
    assert seen(problem) == (LINE + 1, "parameters.renewabel")
    assert problem.wrong == "is not a question the rules ask."
    assert "renewable" in problem.right


def test_two_values_that_start_on_one_day_are_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(
        order(
            "renewable:",
            "  - {value: true, since: 2020-01-01, cite: statute}",
            "  - {value: false, seen: 2020-01-01, cite: decision}",
        )
    )
    assert seen(problem) == (LINE + 2, "parameters.renewable[1]")
    assert problem.wrong == "starts on the same day as another value."
    assert problem.right == "One value holds on one day."


def test_two_values_for_different_terms_may_start_on_one_day(shelf: Shelf) -> None:
    one = "  - {value: [crime], since: 2020-01-01, cite: statute, terms: [contact]}"
    two = "  - {value: [contempt], since: 2020-01-01, cite: statute, terms: [support]}"
    rules = shelf.put("order", order("breach_is:", one, two)).order()
    assert rules.value("breach_is", DAY, "contact").value == ("crime",)
    assert rules.value("breach_is", DAY, "support").value == ("contempt",)


def test_a_value_without_a_start_day_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, cite: statute}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0]")
    assert problem.wrong == "has no start day."
    assert problem.right == "Write since: (the day it took effect) or seen:."


def test_a_value_with_two_start_days_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, cite: statute, since: 2020-01-01, seen: 2021-01-01}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0]")
    assert (problem.wrong, problem.right) == ("has two start days.", "Write since: or seen:, not both.")


def test_a_start_day_that_is_no_date_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, cite: statute, since: 2020-02-30}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0].since")
    assert (problem.wrong, problem.right) == ("“2020-02-30” is not a date.", "Write a date like 2026-04-27.")


@pytest.mark.parametrize(
    ("parameter", "value", "wrong", "right"),
    [
        ("renewable", "yes", "“yes” does not fit.", "Write true or false, or unsettled or discretion."),
        (
            "highest_fine",
            "about 1000",
            "“about 1000” does not fit.",
            "Write a whole number, or unsettled or discretion.",
        ),
        ("expiry_hour", '"26:00"', "“26:00” does not fit.", "Write an hour like 16:00, or unsettled or discretion."),
        ("arrest", "mandatry", "“mandatry” is not a known word.", "Did you mean mandatory?"),
        ("arrest", "[mandatory, permitted]", "is not one word.", "Known: mandatory, not-allowed, permitted."),
        ("survives", "[acquital, dismissal]", "“acquital” is not a known word.", "Did you mean acquittal"),
        ("survives", "[]", "is an empty list.", "Write at least one, or leave the question out."),
        ("term_if_blank", "3 jears", "“3 jears” is not a length.", "Write, say, 10 court-day, or 1 with unit: year."),
        ("term_if_blank", "3", "“3” is not a length.", "Write, say, 10 court-day, or 1 with unit: year."),
        ("longest_term", "[5 days, many years]", "“many years” is not a length.", "Write, say, 10 court-day"),
    ],
)
def test_a_value_that_does_not_fit_its_question_is_refused(
    shelf: Shelf, parameter: str, value: str, wrong: str, right: str
) -> None:
    problem = shelf.refuses(order(f"{parameter}: [{{value: {value}, since: 2020-01-01, cite: statute}}]"))
    assert seen(problem) == (LINE, f"parameters.{parameter}[0].value")
    assert problem.wrong == wrong
    assert right in problem.right


def test_a_term_that_no_order_has_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order("breach_is: [{value: [crime], since: 2020-01-01, cite: statute, terms: [contract]}]"))
    assert seen(problem) == (LINE, "parameters.breach_is[0].terms")
    assert problem.wrong == "“contract” is not a term."
    assert "contact" in problem.right


def test_an_open_question_needs_no_value_of_its_type(shelf: Shelf) -> None:
    text = order("longest_term: [{value: unsettled, since: 2020-01-01, cite: [statute, decision]}]")
    assert shelf.put("order", text).order().value("longest_term", DAY).open == "unsettled"


def test_a_length_takes_its_unit_from_the_field_or_from_the_text(shelf: Shelf) -> None:
    one = "term_if_blank: [{value: 3, unit: year, since: 2020-01-01, cite: statute}]"
    two = "longest_term: [{value: [5 court-days, 1 day], since: 2020-01-01, cite: statute}]"
    rules = shelf.put("order", order(one, two)).order()
    assert rules.value("term_if_blank", DAY).value == Length(3, "year")
    assert rules.value("longest_term", DAY).value == (Length(5, "court-day"), Length(1, "day"))


# What is wrong with a file


def test_a_file_that_is_called_otherwise_than_its_order_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order(name="other"))
    assert seen(problem) == (2, "order")
    assert (problem.wrong, problem.right) == ("is “other”.", "The file is called order.yaml.")


def test_a_file_in_the_folder_of_another_jurisdiction_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order().replace("some-where", "else-where"))
    assert seen(problem) == (1, "jurisdiction")
    assert (problem.wrong, problem.right) == ("is “else-where”.", "The folder is some_where.")


def test_a_file_that_stands_for_no_kind_of_order_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order().replace("realises: [final]\n", ""))
    assert problem.field == "realises"
    assert (problem.wrong, problem.right) == ("is missing.", "Name the generic kinds this order stands for.")


def test_an_unknown_field_is_refused_and_the_nearest_named(shelf: Shelf) -> None:
    problem = shelf.refuses(order().replace("realises:", "famly: civil\nrealises:"))
    assert seen(problem) == (4, "famly")
    assert (problem.wrong, problem.right) == ("is not a field here.", "Did you mean family?")


def test_a_family_of_orders_that_does_not_exist_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order().replace("realises:", "family: penal\nrealises:"))
    assert seen(problem) == (4, "family")
    assert problem.wrong == "“penal” is not a known word."
    assert "civil" in problem.right


def test_a_file_that_is_not_yaml_is_refused_at_its_line(shelf: Shelf) -> None:
    problem = shelf.refuses("jurisdiction: some-where\norder: [order\nlabel: protection order\n")
    assert seen(problem) == (3, "")
    assert problem.wrong.startswith("is not YAML")
    assert problem.right == "Check the indentation and quotes."


def test_an_empty_file_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses("")
    assert seen(problem) == (1, "")
    assert problem.wrong == "is empty."
    assert problem.right.startswith("Write at least")


def test_a_file_in_another_encoding_is_refused_at_its_line(shelf: Shelf) -> None:
    problem = shelf.refuses("jurisdiction: some-where\nlabel: Schutz für alle\n".encode("latin-1"))
    assert seen(problem) == (2, "")
    assert (problem.wrong, problem.right) == ("is not UTF-8 text.", "Save the file with UTF-8 encoding.")


def test_every_problem_of_every_file_is_told_at_once(shelf: Shelf) -> None:
    shelf.put("one", order("renewable: [{value: yes, cite: none}]", name="one")).put("two", "")
    shelf.put("jurisdiction", "label: Somewhere\n")
    found = [(problem.file.rsplit("/", 1)[1], problem.field) for problem in shelf.problems()]
    assert found == [
        ("jurisdiction.yaml", "place"),
        ("one.yaml", "parameters.renewable[0]"),
        ("one.yaml", "parameters.renewable[0].cite"),
        ("one.yaml", "parameters.renewable[0].value"),
        ("two.yaml", ""),
    ]


def test_a_jurisdiction_without_a_folder_is_not_on_file(shelf: Shelf) -> None:
    with pytest.raises(KeyError):
        load("nowhere", shelf.folder)


# Which day


def test_a_day_before_the_first_value_is_not_known(shelf: Shelf) -> None:
    rules = shelf.put("order", order()).order()
    assert rules.value("consent_is_defence", date(2020, 1, 1)).value is False
    with pytest.raises(LawNotKnown, match="consent is defence: no authority read for protection order on 2019-12-31"):
        rules.value("consent_is_defence", date(2019, 12, 31))


def test_a_repeal_hides_the_value_from_its_day_on(shelf: Shelf) -> None:
    one = "  - {value: true, since: 2020-01-01, cite: statute}"
    two = "  - {value: null, since: 2023-01-01, cite: decision}"
    rules = shelf.put("order", order("renewable:", one, two)).order()
    assert rules.value("renewable", date(2022, 12, 31)).value is True
    with pytest.raises(LawNotKnown):
        rules.value("renewable", date(2023, 1, 1))


# One word of a list


SURVIVES = "survives: [{value: [acquittal, invitation], since: 2020-01-01, cite: [statute, decision], by: {%s}}]"


def test_one_word_of_a_list_may_rest_on_an_authority_of_its_own(shelf: Shelf) -> None:
    value = shelf.put("order", order(SURVIVES % "acquittal: decision")).order().value("survives", DAY)
    assert [cite.id for cite in value.about("acquittal").cites] == ["decision"]
    assert [cite.id for cite in value.about("invitation").cites] == ["statute", "decision"]
    assert value.about("acquittal").value == value.value


def test_an_authority_for_a_word_that_the_value_does_not_hold_is_refused(shelf: Shelf) -> None:
    problem = shelf.refuses(order(SURVIVES % "acquital: decision"))
    assert seen(problem) == (LINE, "parameters.survives[0].by.acquital")
    assert (problem.wrong, problem.right) == ("is no word of this value.", "Did you mean acquittal?")


def test_a_word_cannot_rest_on_an_authority_that_the_file_does_not_hold(shelf: Shelf) -> None:
    problem = shelf.refuses(order(SURVIVES % "acquittal: desicion"))
    assert seen(problem) == (LINE, "parameters.survives[0].by.acquittal")
    assert problem.wrong == "“desicion” is no provision of this file."
    assert problem.right == "Did you mean decision?"


def test_a_value_that_is_no_list_has_no_words_to_tell_apart(shelf: Shelf) -> None:
    problem = shelf.refuses(order("renewable: [{value: true, since: 2020-01-01, cite: statute, by: {true: decision}}]"))
    assert seen(problem) == (LINE, "parameters.renewable[0].by.true")
    assert (problem.wrong, problem.right) == ("is no word of this value.", "")


# One file like another


def far(*parameters: str) -> str:
    return order(*parameters, name="far")


def near(*parameters: str, like: str = "far") -> str:
    return order(*parameters, name="near", more=f"like: {like}\n").replace("[final]", "[ex-parte]")


RENEWABLE = "renewable: [{value: true, since: 2020-01-01, cite: statute}]"


def test_a_file_answers_from_the_file_it_is_like_what_it_leaves_out(shelf: Shelf) -> None:
    rules = shelf.put("far", far(RENEWABLE)).put("near", near()).order("near")
    assert rules.value("renewable", DAY).value is True
    assert rules.value("consent_is_defence", DAY).value is False


def test_the_nearer_file_goes_first(shelf: Shelf) -> None:
    rules = shelf.put("far", far(RENEWABLE)).put("near", near(RENEWABLE.replace("true", "false"))).order("near")
    assert rules.value("renewable", DAY).value is False


def test_the_file_it_is_like_goes_before_the_law_of_every_order(shelf: Shelf) -> None:
    every = order(RENEWABLE.replace("true", "false"), GOOD, name="every-order")
    rules = shelf.put("far", far(RENEWABLE)).put("near", near(RENEWABLE.replace("renewable", "rolls_over")))
    found = rules.put("every-order", every.replace("realises: [final]\n", "")).order("near")
    assert found.value("renewable", DAY).value is True
    assert found.value("consent_is_defence", DAY).value is False


def test_null_in_the_nearer_file_hides_the_value_of_the_farther_one_on_every_day(shelf: Shelf) -> None:
    hidden = "renewable: [{value: null, since: 2022-01-01, cite: statute}]"
    rules = shelf.put("far", far(RENEWABLE)).put("near", near(hidden)).order("near")
    for day in (date(2021, 6, 1), DAY):
        with pytest.raises(LawNotKnown):
            rules.value("renewable", day)


def test_who_hides_whether_an_order_can_be_renewed_hides_what_a_renewal_needs(shelf: Shelf) -> None:
    endless = RENEWABLE.replace("renewable", "renewal_permanent")
    shelf.put("far", far(RENEWABLE, endless))
    for said, expected in ((RENEWABLE, True), (RENEWABLE.replace("true", "null"), None)):
        found = shelf.put("near", near(said)).order("near").get("renewal_permanent", DAY)
        assert (found and found.value) == expected


def test_a_nearer_value_that_starts_later_does_not_let_the_farther_one_through(shelf: Shelf) -> None:
    later = RENEWABLE.replace("2020", "2024")
    rules = shelf.put("far", far(RENEWABLE)).put("near", near(later)).order("near")
    assert rules.get("renewable", date(2023, 1, 1)) is None


def test_a_file_may_be_like_a_file_that_is_like_a_third(shelf: Shelf) -> None:
    shelf.put("far", far(RENEWABLE)).put("near", near())
    last = order(
        "rolls_over: [{value: true, since: 2020-01-01, cite: statute}]", name="last", more="like: near\n"
    ).replace("[final]", "[emergency]")
    rules = shelf.put("last", last).order("last")
    assert rules.value("renewable", DAY).value is True
    assert rules.value("rolls_over", DAY).value is True


def test_a_value_cannot_rest_on_an_authority_of_the_file_it_is_like(shelf: Shelf) -> None:
    foreign = PROVISIONS.replace("statute:", "elsewhere:").replace("decision:", "nowhere:")
    (problem,) = shelf.put("far", far()).put("near", near().replace(PROVISIONS, foreign)).problems()
    assert problem.file.endswith("near.yaml")
    assert problem.wrong == "“statute” is no provision of this file."


def test_a_file_like_one_that_does_not_exist_is_refused_and_the_nearest_named(shelf: Shelf) -> None:
    (problem,) = shelf.put("far", far()).put("near", near(like="fat")).problems()
    assert (problem.file, *seen(problem)) == ("grader/law/some_where/near.yaml", LINE + 1, "like")
    assert (problem.wrong, problem.right) == ("“fat” is no order here.", "Did you mean far?")


def test_files_that_are_like_each_other_in_a_circle_are_refused(shelf: Shelf) -> None:
    shelf.put("far", order(name="far", more="like: near\n")).put("near", near())
    found = [(p.file.rsplit("/", 1)[1], *seen(p), p.wrong, p.right) for p in shelf.problems()]
    right = "One of them must stand on its own."
    assert found == [
        ("far.yaml", LINE + 1, "like", "leads in a circle: far, near, far.", right),
        ("near.yaml", LINE + 1, "like", "leads in a circle: near, far, near.", right),
    ]


def test_a_file_cannot_be_like_itself(shelf: Shelf) -> None:
    (problem,) = shelf.put("near", near(like="near")).problems()
    assert (*seen(problem), problem.wrong) == (LINE + 1, "like", "leads in a circle: near, near.")


def test_the_law_of_every_order_is_like_no_other(shelf: Shelf) -> None:
    every = order(name="every-order", more="like: far\n").replace("realises: [final]\n", "")
    (problem,) = shelf.put("far", far()).put("every-order", every).problems()
    assert (*seen(problem), problem.wrong) == (LINE, "like", "has no place here.")
    assert problem.right == "every-order.yaml stands behind all the others."


# The law on file


def everything() -> Iterator[tuple[OrderLaw, str, Value]]:
    for place in jurisdictions():
        found = law(place)
        for rules in (*found.orders, *([found.every] if found.every else [])):
            for name, values in rules.parameters.items():
                yield from ((rules, name, value) for value in values)


def test_no_word_of_a_list_rests_only_on_what_is_recalled() -> None:
    told = [cites for _, _, value in everything() for cites in value.by.values()]
    assert told
    assert all(any(cite.confidence != "recalled" for cite in cites) for cites in told)


def test_every_authority_for_a_word_is_among_the_authorities_for_the_whole_value() -> None:
    strays = {
        f"{rules.jurisdiction} {rules.order} {name}: {cite.id}"
        for rules, name, value in everything()
        for cites in value.by.values()
        for cite in cites
        if cite not in value.cites
    }
    assert not strays


@pytest.mark.parametrize("name", ["survives", "ended_by", "notice_by", "mutual_requires"])
def test_where_words_are_told_apart_each_word_has_its_own_authority(name: str) -> None:
    missing = {
        f"{rules.jurisdiction} {rules.order}: {word}"
        for rules, parameter, value in everything()
        if parameter == name and value.by
        for word in value.value
        if word not in value.by and word != "court-order"
    }
    assert not missing


def test_every_authority_on_file_backs_some_answer() -> None:
    used = {(r.jurisdiction, r.order, c.id) for r, _, v in everything() for c in (*v.cites, *sum(v.by.values(), ()))}
    held = {(rules.jurisdiction, rules.order, id) for rules, _, _ in everything() for id in rules.provisions}
    assert held == used


@pytest.mark.parametrize(
    ("place", "kind", "ground", "name", "word", "expected"),
    [
        ("us-ma", "ex-parte", "abuse", "survives", "hearing-missed-by-restrained", "stays away from the hearing"),
        ("us-ma", "final", "abuse", "notice_by", "in-court", "in court when the order is made"),
        ("us-ma", "final", "abuse", "notice_by", "left-at-home", "last and usual home"),
        ("us-ma", "final", "abuse", "survives", "acquittal", "A criminal case does not decide"),
        ("us-ca", "final", "abuse", "mutual_requires", "primary-aggressor", "primary aggressor"),
        ("us-ca", "pretrial-order", None, "ended_by", "commitment", "commitment is imposed"),
        ("general", "final", "abuse", "mutual_requires", "own-petition", "own petition"),
    ],
)
def test_the_first_authority_for_a_word_says_it(
    place: str, kind: str, ground: str | None, name: str, word: str, expected: str
) -> None:
    value = law(place).of(kind, ground).value(name, DAY)
    assert expected in value.about(word).cites[0].gist


@pytest.mark.parametrize("ground", ["abuse", "harassment"])
@pytest.mark.parametrize("name", ["renewable", "renewal_standard", "renewal_permanent", "renewal_automatic"])
def test_what_the_law_says_of_renewing_an_order_after_notice_is_not_read_into_a_temporary_one(
    ground: str, name: str
) -> None:
    assert law("us-ma").of("final", ground).get(name, DAY) is not None
    assert law("us-ma").of("ex-parte", ground).get(name, DAY) is None


@pytest.mark.parametrize("kind", ["emergency", "ex-parte"])
def test_an_abuse_prevention_order_is_broken_at_every_stage_in_the_same_way(kind: str) -> None:
    earlier, after = law("us-ma").of(kind, "abuse"), law("us-ma").of("final", "abuse")
    for name in ("consent_is_defence", "accident_is_breach", "through_others", "notice_by", "longest_jail"):
        assert earlier.value(name, DAY, "contact") == after.value(name, DAY, "contact")
    assert earlier.value("runs_until", DAY) != after.value("runs_until", DAY)


class TestFilesThatContradictEachOther:
    def test_two_files_may_not_stand_for_the_same_orders(self, shelf: Shelf) -> None:
        shelf.put("order", order()).put("paper", order(name="paper"))
        [problem] = shelf.problems()
        assert (problem.field, problem.file) == ("realises", "grader/law/some_where/paper.yaml")
        assert "same orders as order.yaml" in problem.wrong

    def test_a_file_for_a_ground_goes_before_one_for_any_and_is_no_contradiction(self, shelf: Shelf) -> None:
        special = order(name="paper").replace("realises: [final]", "realises: [final]\ngrounds: [abuse]")
        shelf.put("order", order()).put("paper", special)
        assert shelf.law().of("final", "abuse").order == "paper"

    def test_an_event_cannot_both_end_an_order_and_leave_it_standing(self, shelf: Shelf) -> None:
        both = (
            "ended_by: [{value: [dismissal], since: 2020-01-01, cite: decision}]",
            "survives: [{value: [dismissal, acquittal], since: 2021-01-01, cite: decision}]",
        )
        [problem] = shelf.put("order", order(*both)).problems()
        assert problem.field == "parameters.survives"
        assert "“dismissal” both ends the order" in problem.wrong
        assert "2021-01-01" in problem.wrong

    def test_an_order_that_cannot_be_renewed_has_no_longest_renewal(self, shelf: Shelf) -> None:
        odd = (
            "renewable: [{value: false, since: 2020-01-01, cite: statute}]",
            "renewal_longest: [{value: 1 year, since: 2020-01-01, cite: statute}]",
        )
        [problem] = shelf.put("order", order(*odd)).problems()
        assert problem.field == "parameters.renewal_longest"
        assert "renewable is false" in problem.wrong


# A list that grows
GREW = (
    "survives: [{value: [reconciliation], since: 2020-01-01, cite: statute}, "
    "{adds: [dismissal, acquittal], seen: 2022-01-01, cite: [statute, decision], by: {acquittal: decision}}]"
)


def test_a_list_gains_words_and_each_word_keeps_its_own_authority(shelf: Shelf) -> None:
    rules = shelf.put("order", order(GREW)).order("order")
    assert rules.value("survives", date(2021, 1, 1)).value == ("reconciliation",)
    later = rules.value("survives", DAY)
    assert later.value == ("reconciliation", "dismissal", "acquittal")
    assert [cite.id for cite in later.about("reconciliation").cites] == ["statute"]
    assert [cite.id for cite in later.about("acquittal").cites] == ["decision"]
    assert [cite.id for cite in later.about("dismissal").cites] == ["statute", "decision"]


@pytest.mark.parametrize(
    ("entry", "field", "wrong"),
    [
        ("survives: [{adds: [dismissal], since: 2020-01-01, cite: statute}]", "adds", "adds to a list that is not"),
        ("survives: [{since: 2020-01-01, cite: statute}]", "value", "is missing."),
        ("survives: [{value: [dismissal], adds: [sentence], since: 2020-01-01, cite: statute}]", "value", "stands"),
        ("renewable: [{adds: [dismissal], since: 2020-01-01, cite: statute}]", "value", "is missing."),
        (GREW.replace("adds: [dismissal", "adds: [dismisal"), "value", "“dismisal” is not a known word."),
        (GREW.replace("by: {acquittal", "by: {sentence"), "by.sentence", "is no word of this value."),
    ],
)  # fmt: skip
def test_words_that_are_added_wrongly_are_refused(shelf: Shelf, entry: str, field: str, wrong: str) -> None:
    found = shelf.put("order", order(entry)).problems()
    assert any(problem.field.endswith(field) and wrong in problem.wrong for problem in found)
