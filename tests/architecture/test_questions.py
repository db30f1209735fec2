"""Every hand-written `.sql` is understood by the database and names only tables of its own app or of lower floors."""

import re
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection

from tests.architecture.house import PACKAGE, ROOT, floors, height

QUESTIONS = sorted(PACKAGE.glob("*/sql/**/*.sql"))
_COMMENTS = re.compile(r"--[^\n]*|/\*.*?\*/", re.S)
_PARAMETERS = re.compile(r"%\(\w+\)s|%s")


def statements(text: str) -> list[str]:
    """The statements of a file; a body between `$$` or `begin atomic … end` is not cut."""
    bare = _COMMENTS.sub("", text)
    parts: list[str] = [""]
    for piece in re.split(r"(\$\w*\$|\bbegin atomic\b|\bend;|;)", bare, flags=re.I):
        parts[-1] += piece
        inside = parts[-1].count("$") % 4 or (
            re.search(r"\bbegin atomic\b", parts[-1], re.I) and not re.search(r"\bend;\s*$", parts[-1], re.I)
        )
        if piece.endswith(";") and not inside:
            parts.append("")
    return [part.strip().rstrip(";") for part in parts if part.strip().rstrip(";")]


def is_question(statement: str) -> bool:
    """Whether EXPLAIN takes it; definitions of functions and views are run by migrations instead."""
    return bool(re.match(r"(select|with|insert|update|delete|values|merge)\b", statement, re.I))


def strangers(text: str, app: str) -> list[str]:
    """Tables named by the text that belong to a higher floor or to a neighbour; `trace.*` is published on purpose."""
    apps = [name for names in floors() for name in names]
    named = re.findall(rf"(?<![.\w])((?:{'|'.join(apps)})_[a-z_]+)\b", _COMMENTS.sub("", text))
    owners = {name: next(owner for owner in apps if name.startswith(f"{owner}_")) for name in set(named)}
    return sorted(name for name, owner in owners.items() if owner != app and height(owner) >= height(app))


def explain(statement: str) -> None:
    """Asks the database for a plan, every parameter unknown (casts give the types)."""
    with connection.cursor() as cursor:
        cursor.execute("explain " + _PARAMETERS.sub("null", statement).replace("%%", "%"))


@pytest.mark.django_db
@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_the_database_understands(file: Path) -> None:
    for statement in statements(file.read_text()):
        if is_question(statement):
            explain(statement)


@pytest.mark.parametrize("file", QUESTIONS, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_it_names_no_table_above(file: Path) -> None:
    assert strangers(file.read_text(), file.relative_to(PACKAGE).parts[0]) == []


def test_sql_stands_in_the_sql_rooms_only() -> None:
    assert [str(path.relative_to(ROOT)) for path in PACKAGE.rglob("*.sql") if path not in QUESTIONS] == []


@pytest.mark.django_db
def test_a_column_that_does_not_exist_is_caught() -> None:
    with pytest.raises(ProgrammingError, match="nowhere"):
        explain("select nowhere from kernel_auditrow where id = %(id)s::bigint")


def test_a_table_above_is_caught() -> None:
    assert strangers("select 1 from directory_site join routing_agreement using (id)", "territory") == [
        "directory_site",
        "routing_agreement",
    ]
    assert strangers("select 1 from territory_commune", "directory") == []


def test_statements_are_cut_outside_of_bodies() -> None:
    text = (
        "-- why; how\nselect 1;\ncreate function f() returns int language sql as $$ select 1; select 2 $$;\nselect 3;"
    )
    assert [is_question(statement) for statement in statements(text)] == [True, False, True]
