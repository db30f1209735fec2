"""Reads the rules that ship with the program."""

import hashlib
from functools import cache
from pathlib import Path

from ensemblier.routing.core.regime import Regimes
from ensemblier.routing.core.rules import RuleSet, load_rules

FOLDER = Path(__file__).parents[1] / "core" / "rules"


def rule_texts() -> tuple[tuple[str, str], ...]:
    """(file name, YAML text) of every rule file, by name."""
    return tuple((path.name, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.yaml")))


@cache
def shipped_rules() -> RuleSet:
    """The rules of the program, read once. Their digest is the SHA-256 of their wording."""
    texts = rule_texts()
    digest = hashlib.sha256("\n".join(f"{name}\n{text}" for name, text in texts).encode()).hexdigest()
    return load_rules(texts, digest)


@cache
def shipped_regimes() -> Regimes:
    """The regimes of the shipped rules, compiled as they are asked for."""
    return Regimes(shipped_rules())
