"""The rules: questions of law, each a public function from facts and law to a finding with reasons."""

from grader.rules import (
    coexistence,
    crossing,
    duration,
    firearms,
    issuance,
    lapse,
    lengths,
    mutual,
    violations,
    waiver,
    yesno,
)
from grader.rules.matter import RULES, Rule, ask

__all__ = [
    "RULES",
    "Rule",
    "ask",
    "coexistence",
    "crossing",
    "duration",
    "firearms",
    "issuance",
    "lapse",
    "lengths",
    "mutual",
    "violations",
    "waiver",
    "yesno",
]
