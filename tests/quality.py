"""Tells how well the rules and the law are tested, and writes docs/quality.md.

Run with ``make quality``: mutmut first changes the code of the rules one place at a time and runs the tests on each
change; then ``grader law mutate`` changes the law one rule at a time. The figures are those of that run. With
``make quality SAMPLE=1500`` only so many changes of the code, drawn at random, are examined.
"""

import json
import random
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from grader.bank import Bank
from grader.law import jurisdictions, law
from grader.markdown import table
from grader.mutants import examine, summary

ROOT = Path(__file__).parent.parent
MUTANTS = ROOT / "mutants"
NOTICED = (1, 3, 36, 24, -24, 152, 255)
"""What mutmut notes where a test fails, breaks off or does not come to an end."""
HEAD = """\
# How well the rules and the law are tested

<!-- Made by `make quality`. It takes about half an hour on two cores and is no part of the usual tests. -->

Figures of {day}.

## The code of the rules

[mutmut](https://mutmut.readthedocs.io) changes one place of the code at a time: an `and` becomes an `or`, a number one
more, a sentence nonsense, an argument nothing. A change is noticed if at least one test fails. Changes to which no
test comes count as not noticed. Code that runs while the program loads cannot be examined in this way. Where fewer
changes were examined than there are, `make quality SAMPLE=1500` drew them at random.

{code}

## The law on file

`grader law mutate` changes one rule of law at a time: turned round, one word less, one longer, left out. A change is
noticed if at least one answer of the scenarios, the decisions or the statute cases changes. `grader law mutate --law
us-ma` lists those that are not.

{law}
"""


def main() -> None:
    if sys.argv[1:]:
        print(*random.Random(int(sys.argv[1])).sample(sorted(_names()), int(sys.argv[1])))
        return
    page = HEAD.format(day=date.today().isoformat(), code=_code(), law=_law())
    (ROOT / "docs" / "quality.md").write_text(page, encoding="utf-8")
    print(page)


def _code() -> str:
    rows = [
        (name, found.total(), found.total() - found["left"], found["noticed"]) for name, found in sorted(_modules())
    ]
    rows.append(("**All**", *(sum(row[n] for row in rows) for n in (1, 2, 3))))  # type: ignore[misc]
    head = ("Module", "Changes", "Examined", "Noticed", "Share")
    return table(head, ((name, str(every), *_row(name, *rest)[1:]) for name, every, *rest in rows))


def _modules() -> Iterator[tuple[str, Counter[str]]]:
    for path in MUTANTS.glob("grader/**/*.meta"):
        codes = json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"].values()
        if codes:
            name = path.relative_to(MUTANTS).as_posix().removesuffix(".py.meta").replace("/", ".")
            yield f"`{name}`", Counter(map(_verdict, codes))


def _names() -> Iterator[str]:
    for path in MUTANTS.glob("grader/**/*.meta"):
        yield from json.loads(path.read_text(encoding="utf-8"))["exit_code_by_key"]


def _verdict(code: int | None) -> str:
    return "left" if code is None else "noticed" if code in NOTICED else "not"


def _law() -> str:
    bank = Bank(ROOT)
    stories = bank.stories
    told = [(law(name).label, summary(examine(stories, [name]))) for name in jurisdictions()]
    return table(
        ("Law", "Changes", "Noticed", "Share"), (_row(label, one["mutants"], one["noticed"]) for label, one in told)
    )


def _row(name: str, every: int, noticed: int) -> tuple[str, str, str, str]:
    return name, str(every), str(noticed), f"{100 * noticed / every:.1f} %" if every else "–"


if __name__ == "__main__":
    main()
