"""Reads: what was imported, and what was set aside."""

from dataclasses import dataclass
from datetime import datetime

from ensemblier.directory.core.access import may_see_contacts
from ensemblier.directory.models import ImportRun, SavedMapping
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotAllowed, NotFound
from ensemblier.kernel.words import kept_sentence

MAX_RUNS = 100
MAX_ROWS = 500


@dataclass(frozen=True, slots=True)
class SetAside:
    """A line that was set aside (`is_blocking`), or that lost one field."""

    sheet: str
    number: int
    field: str
    reason: str
    value: str
    is_blocking: bool


@dataclass(frozen=True, slots=True)
class RunView:
    """An import and its figures; `problems` are read for one run only, at most MAX_ROWS."""

    id: int
    source_name: str
    format: str
    file_name: str
    at: datetime
    by: str
    accepted: int
    changed: int
    unchanged: int
    set_aside: int
    problems: tuple[SetAside, ...] = ()


@dataclass(frozen=True, slots=True)
class MappingView:
    """A saved mapping: (column of the file, field of the directory) pairs."""

    name: str
    updated_at: datetime
    pairs: tuple[tuple[str, str], ...]


def _check(actor: Actor) -> None:
    """What was set aside may hold the name or the number of an interlocutor: same rule as for them."""
    if not may_see_contacts(actor):
        raise NotAllowed("Les comptes rendus d'import sont montrés aux professionnels qui agissent pour une structure.")


def import_runs(*, actor: Actor) -> list[RunView]:
    """The latest imports, newest first: one query."""
    _check(actor)
    return [_run(row) for row in ImportRun.objects.select_related("source").order_by("-at", "-id")[:MAX_RUNS]]


def import_run(run_id: int, *, actor: Actor) -> RunView:
    """One import with the lines it set aside: two queries. Raises NotFound."""
    _check(actor)
    row = ImportRun.objects.select_related("source").filter(pk=run_id).first()
    if row is None:
        raise NotFound("Cet import n'existe pas.")
    rows = row.problems.order_by("-is_blocking", "sheet", "number", "id")[:MAX_ROWS]
    return _run(
        row,
        tuple(
            SetAside(r.sheet, r.number, r.field, kept_sentence(r.reason, r.template, r.values), r.value, r.is_blocking)
            for r in rows
        ),
    )


def saved_mappings(*, actor: Actor) -> list[MappingView]:
    """Mappings of columns kept under a name: one query."""
    _check(actor)
    return [
        MappingView(row.name, row.updated_at, tuple(sorted((str(k), str(v)) for k, v in _columns(row.mapping).items())))
        for row in SavedMapping.objects.order_by("name")
    ]


def _columns(mapping: object) -> dict[str, object]:
    """The columns of a stored mapping, whether they stand at its root or under "columns"."""
    if not isinstance(mapping, dict):
        return {}
    columns = mapping.get("columns", mapping)
    return columns if isinstance(columns, dict) else {}


def _run(row: ImportRun, problems: tuple[SetAside, ...] = ()) -> RunView:
    return RunView(
        row.pk, row.source.name, row.format, row.file_name, row.at, row.actor_label,
        row.accepted, row.changed, row.unchanged, row.set_aside, problems,
    )  # fmt: skip
