"""No pattern blows up: each regular expression of the code reads 50,000 hostile characters within a budget of CPU.

The budget is twenty times what a linear pattern takes here, so that a slow machine passes and a quadratic one does not:
50,000 characters cost a quadratic pattern tens of seconds. A timer of the process ends what
goes over; nothing else is timed.
"""

import ast
import re
import signal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
SIZE = 50_000
SECONDS = 2
_ASKED = ("match", "fullmatch", "search", "sub", "split", "findall", "finditer")
_FLAGS = {"I": re.I, "IGNORECASE": re.I, "S": re.S, "DOTALL": re.S, "ASCII": re.A, "A": re.A}


@dataclass(frozen=True, slots=True)
class Pattern:
    """A constant pattern of the code. `methods`: how the code asks it (one that only matches never searches)."""

    where: str
    text: str | bytes
    flags: int = 0
    methods: tuple[str, ...] = ("search", "fullmatch")


def patterns() -> Iterator[Pattern]:
    """Every constant pattern handed to `re` in the code."""
    for file in sorted((ROOT / "ensemblier").rglob("*.py")):
        source = file.read_text(encoding="utf-8")
        tree = ast.parse(source)
        names = {
            id(node.value): ast.unparse(node.targets[0]) for node in ast.walk(tree) if isinstance(node, ast.Assign)
        }
        for node in ast.walk(tree):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.args):
                continue
            called, first = node.func, node.args[0]
            is_re = (
                isinstance(called.value, ast.Name) and called.value.id == "re" and called.attr in {*_ASKED, "compile"}
            )
            if is_re and isinstance(first, ast.Constant) and isinstance(first.value, str | bytes):
                rest = [each for argument in [*node.args[1:], *node.keywords] for each in ast.walk(argument)]
                flags = sum(
                    {_FLAGS[each.attr] for each in rest if isinstance(each, ast.Attribute) and each.attr in _FLAGS}
                )
                methods = {called.attr} if called.attr in _ASKED else _asked(source, names.get(id(node), ""))
                yield Pattern(f"{file.relative_to(ROOT)}:{node.lineno}", first.value, flags, tuple(sorted(methods)))


def _asked(source: str, name: str) -> set[str]:
    found = set(re.findall(rf"\b{re.escape(name)}\.({'|'.join(_ASKED)})\(", source)) if name else set()
    return found or {"search", "fullmatch"}


def hostile(pattern: str | bytes) -> list[str]:
    """Long texts likely to make it go back: repeats of what it names, then something it cannot end with."""
    text = pattern.decode("latin-1") if isinstance(pattern, bytes) else pattern
    named = {each for each in text if not each.isalnum()}
    seeds = {" ", "a", "1", "a1", " 1", "\n", "\t ", "-", ".", "a.", "a@", ", ", "1h", "''", "\\"} | named
    return [(seed * (SIZE // len(seed) + 1))[:SIZE] + end for seed in sorted(seeds) for end in ("\x00", "!")]


def read_all(pattern: Pattern) -> None:
    """Ask the pattern of each hostile text, as the code does."""
    compiled = re.compile(pattern.text, pattern.flags)
    for text in hostile(pattern.text):
        given: Any = text.encode() if isinstance(pattern.text, bytes) else text
        for method in pattern.methods:
            arguments = (type(given)(), given) if method == "sub" else (given,)
            found = getattr(compiled, method)(*arguments)
            if method == "finditer":
                list(found)


class TooLong(Exception):
    """The budget is spent."""


def _stop(*_: object) -> None:
    raise TooLong


def survives(pattern: Pattern) -> bool:
    """Whether the pattern reads all hostile texts within the budget: the engine of `re` looks at signals as it goes."""
    before = signal.signal(signal.SIGPROF, _stop)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        read_all(pattern)
    except TooLong:
        return False
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
    return True


def test_a_pattern_that_blows_up_is_caught() -> None:
    assert not survives(Pattern("", r"(\w+\s?)+$"))
    assert not survives(Pattern("", r"\s*\n", methods=("sub",)))
    assert survives(Pattern("", r"[a-z]+"))
    assert survives(Pattern("", r"\s*\n", methods=("match",)))


def test_no_pattern_blows_up() -> None:
    found = list(patterns())
    assert len(found) >= 50
    assert [pattern.where for pattern in found if not survives(pattern)] == []
