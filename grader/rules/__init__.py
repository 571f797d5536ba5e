"""The rules: questions of law, each a public function from facts and law to a finding with reasons."""

from grader.rules import coexistence, duration, firearms, issuance, mutual, violations, waiver
from grader.rules.matter import RULES, Rule, ask

__all__ = ["RULES", "Rule", "ask", "coexistence", "duration", "firearms", "issuance", "mutual", "violations", "waiver"]
