"""The rules as everybody may read them: all of them, on all dates, with the texts that they rest on."""

from ensemblier.routing.adapters.rule_files import shipped_rules
from ensemblier.routing.core.rules import RuleSet


def published_rules() -> RuleSet:
    """Every rule shipped with the program; its digest names this very wording. No query, read once."""
    return shipped_rules()
