"""Limits and bans on our own source, each with a fault planted in a string."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.architecture.house import PACKAGE, ROOT, sources, tracked

MAX_FILE = 400
MAX_FUNCTION = 40
MAX_PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def functions(text: str) -> Iterator[Function]:
    """Every function of a module, methods and nested ones included."""
    return (node for node in ast.walk(ast.parse(text)) if isinstance(node, Function))


def too_long(text: str) -> list[str]:
    """Functions of more than 40 lines, decorators not counted."""
    return [
        f"{node.name}: {length} lines"
        for node in functions(text)
        if (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MAX_FUNCTION
    ]


def too_many_parameters(text: str) -> list[str]:
    """Functions of more than six parameters; `self` and `cls` do not count."""
    faults = []
    for node in functions(text):
        names = [arg.arg for arg in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]]
        count = len([name for name in names if name not in ("self", "cls")])
        if count > MAX_PARAMETERS:
            faults.append(f"{node.name}: {count} parameters")
    return faults


def calls(text: str, name: str) -> list[int]:
    """Lines where a function or method of this name is called."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call)
        and (getattr(node.func, "attr", None) == name or getattr(node.func, "id", None) == name)
    ]


def imports_only(text: str) -> bool:
    """Whether a module holds nothing but a docstring, imports and `__all__`."""
    return all(
        isinstance(node, ast.Import | ast.ImportFrom)
        or (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
        or (isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__")
        for node in ast.parse(text).body
    )


def knows_sql(path: Path) -> bool:
    """Whether a file may open a cursor: the rooms `sql`, the kernel's `sql` module."""
    return "sql" in path.relative_to(PACKAGE).with_suffix("").parts


def relative(path: Path) -> str:
    return str(path.relative_to(ROOT))


def faults(check: Callable[[str], list[str]], *, tests: bool) -> list[str]:
    """What `check` finds in each source, with its file."""
    return [f"{relative(path)}: {fault}" for path in sources(tests=tests) for fault in check(path.read_text())]


def test_files_are_short() -> None:
    long = [relative(path) for path in sources(tests=True) if len(path.read_text().splitlines()) > MAX_FILE]
    assert long == []


def test_functions_are_short() -> None:
    assert faults(too_long, tests=True) == []


def test_functions_take_few_parameters() -> None:
    assert faults(too_many_parameters, tests=False) == []


def test_cursors_open_only_in_sql() -> None:
    inside = [path for path in sources() if path.is_relative_to(PACKAGE) and not knows_sql(path)]
    assert [
        f"{relative(path)}:{calls(path.read_text(), 'cursor')}" for path in inside if calls(path.read_text(), "cursor")
    ] == []


def test_models_are_never_fetched_by_name() -> None:
    assert [relative(path) for path in sources() if calls(path.read_text(), "get_model")] == []


def test_packages_export_nothing() -> None:
    filled = [path for path in tracked(".py") if path.name == "__init__.py" and path.read_text().strip()]
    assert [relative(path) for path in filled if path.parent.name != "models"] == []
    assert [relative(path) for path in filled if not imports_only(path.read_text())] == []


def test_no_signal_carries_the_domain() -> None:
    users = [
        path
        for path in sources()
        if "django.db.models.signals" in path.read_text() or "django.dispatch" in path.read_text()
    ]
    assert [relative(path) for path in users if path.is_relative_to(PACKAGE)] == []


@pytest.mark.parametrize(
    ("check", "seeded"),
    [
        (too_long, "def f():\n" + "    x = 1\n" * 40),
        (too_many_parameters, "def f(a, b, c, *, d, e, f, g): ..."),
        (too_many_parameters, "class A:\n    def f(self, a, b, c, d, e, f, g): ..."),
        (lambda text: calls(text, "cursor"), "with connection.cursor() as c: ..."),
        (lambda text: calls(text, "get_model"), "apps.get_model('directory', 'Site')"),
        (lambda text: [] if imports_only(text) else ["code"], "from a import b\nx = 1"),
    ],
)
def test_a_seeded_fault_is_caught(check: Callable[[str], list[object]], seeded: str) -> None:
    assert check(seeded)


@pytest.mark.parametrize(
    ("check", "sound"),
    [
        (too_long, "def f():\n" + "    x = 1\n" * 39),
        (too_many_parameters, "class A:\n    def f(self, a, b, c, d, e, f): ..."),
        (lambda text: calls(text, "cursor"), "cursor = page.after"),
        (lambda text: [] if imports_only(text) else ["code"], '"""Tables."""\nfrom a import b\n__all__ = ["b"]'),
    ],
)
def test_what_is_sound_is_let_through(check: Callable[[str], list[object]], sound: str) -> None:
    assert not check(sound)
