"""Every table stands in the glossary; no tracked file names a registry, a machine or a path of one."""

import json
import re
import unicodedata

import pytest
from django.apps import apps

from tests.architecture.house import ROOT, tracked

# Written with escapes, so that this file does not name what it forbids.
HOSTS = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|registry\.yarnpkg|npm[m]irror|conda\.anaconda|crates\.io|/simple[/]\w|"
    r"_auth[T]oken|(?<!emit)-(?:extra-)?index-url|(?<!emit)-find[-]links",
    re.I,
)
PATHS = re.compile(r"(?<![\w.])/(?:work|home|Users|root|opt/pypi)/\w|/tmp/\w*ens\b|\bC:\\\\Users", re.I)
BINARY = {".png", ".woff", ".woff2", ".gz", ".xlsx", ".parquet", ".ico", ".jpg", ".pdf", ".zip"}


def names_a_registry(text: str) -> list[str]:
    """Registry addresses in a text."""
    return HOSTS.findall(text)


def names_a_machine(text: str) -> list[str]:
    """Paths that exist on somebody's machine only."""
    return PATHS.findall(text)


def texts() -> list[tuple[str, str]]:
    return [
        (str(path.relative_to(ROOT)), path.read_text(errors="replace"))
        for path in tracked()
        if path.suffix not in BINARY and path.name != "package-lock.json"
    ]


def test_no_file_names_a_registry() -> None:
    found = [(name, names_a_registry(text)) for name, text in texts()]
    assert [(name, hosts) for name, hosts in found if hosts] == []


def test_no_file_names_a_machine() -> None:
    assert [(name, found) for name, text in texts() if (found := names_a_machine(text))] == []


def test_the_lock_of_the_front_end_has_keys_and_no_address() -> None:
    packages = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert [name for name, entry in packages.items() if "resolved" in entry] == []
    assert [name for name, entry in packages.items() if name and "integrity" not in entry] == []


def unhashed(text: str) -> list[str]:
    """Requirements of a compiled file that carry no hash."""
    entries = re.split(r"\n(?=[a-zA-Z0-9])", text)
    return [entry.split()[0] for entry in entries if re.match(r"[\w.-]+==", entry) and "--hash=sha256:" not in entry]


@pytest.mark.parametrize("name", ["uv", "run", "test"])
def test_requirements_are_pinned_by_hash(name: str) -> None:
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    assert "==" in text
    assert unhashed(text) == []


def not_in_the_glossary(names: list[str], glossary: str) -> list[str]:
    """Names of tables that no cell of the glossary holds."""
    return [name for name in names if not re.search(rf"`{name}`", glossary)]


def test_every_table_is_in_the_glossary() -> None:
    names = [model.__name__ for model in apps.get_models() if model.__module__.startswith("ensemblier.")]
    assert "Membership" in names
    assert not_in_the_glossary(names, (ROOT / "docs" / "lexique.md").read_text()) == []


def plain(word: str) -> str:
    """A word without accents or capitals, as a reader looks for it."""
    return unicodedata.normalize("NFD", word).encode("ascii", "ignore").decode().lower()


def test_the_glossary_is_in_order_and_has_no_double() -> None:
    rows = re.findall(r"^\| ([^|`*-][^|]*?) \|", (ROOT / "docs" / "lexique.md").read_text(), re.M)
    words = [row for row in rows if row != "français"]
    assert len(words) == len(set(words))
    assert words == sorted(words, key=plain)


@pytest.mark.parametrize(
    ("check", "seeded"),
    [
        (names_a_registry, "https://" + "pypi" + ".org/django"),
        (names_a_registry, '"resolved": "https://registry.' + 'npmjs.org/x.tgz"'),
        (names_a_machine, "see /" + "home/awa/notes"),
        (unhashed, "django==5.2\nnumpy==2.4 \\\n    --hash=sha256:00"),
        (lambda text: not_in_the_glossary(["Relay"], text), "| relais | `Membership` | x |"),
    ],
)
def test_a_seeded_fault_is_caught(check, seeded: str) -> None:  # type: ignore[no-untyped-def]
    assert check(seeded)
