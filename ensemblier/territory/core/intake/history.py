"""Tables of the history of communes: old code → code passage tables, Insee's dated movements."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from ensemblier.kernel.errors import BadInput
from ensemblier.territory.core.intake.cells import Table, commune_code_of, date_of, text_of
from ensemblier.territory.core.intake.communes import Refuse
from ensemblier.territory.core.kinds import ChangeKind
from ensemblier.territory.core.rows import ChangeRow, Problem

_MERGERS = {"31", "32", "33", "34"}
_RENUMBERED = {"41", "50"}
_RESTORED = "21"
_RENAMED = "10"


@dataclass(slots=True)
class History:
    """What a history table says: changes of code, and former names of communes that kept their code."""

    changes: list[ChangeRow] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    """(commune code, former name)."""


def read_passage(table: Table, source: str, refuse: Refuse) -> Iterator[ChangeRow]:
    """Undated steps of a passage table; a row that changes nothing is skipped."""
    for number, row in table.rows:
        try:
            old, new = commune_code_of(row, "depcom_hist"), commune_code_of(row, "depcom")
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        if old != new:
            yield ChangeRow(old, new, ChangeKind.PASSAGE, source, row=number)


def read_movements(table: Table, source: str, refuse: Refuse) -> History:
    """Dated steps of Insee's table of movements (`v_mvt_commune`), restored communes closing the step they undo."""
    history = History()
    opened: dict[tuple[str, str], tuple[date, ChangeKind, str, int]] = {}
    for number, row in sorted(table.rows, key=lambda item: item[1].get("date_eff", "")):
        try:
            if text_of(row, "typecom_av") not in {"", "COM"} or text_of(row, "typecom_ap") not in {"", "COM"}:
                continue
            old, new = commune_code_of(row, "com_av"), commune_code_of(row, "com_ap")
            day = date_of(row, "date_eff")
            if day is None:
                raise BadInput("la date d'effet manque", field="date_eff")
            code, name = text_of(row, "mod"), text_of(row, "libelle_av", limit=120)
        except BadInput as error:
            refuse(Problem(number, error.field, error.message))
            continue
        if code == _RENAMED and old == new:
            history.names.append((new, name))
        elif code in _MERGERS | _RENUMBERED and old != new:
            kind = ChangeKind.MERGER if code in _MERGERS else ChangeKind.RENUMBERED
            opened[(old, new)] = (day, kind, name, number)
        elif code == _RESTORED and old != new and (new, old) in opened:
            start, _, restored, _ = opened.pop((new, old))
            if start < day:
                history.changes.append(ChangeRow(new, old, ChangeKind.RESTORED, source, restored, start, day, number))
    history.changes += [
        ChangeRow(o, n, kind, source, name, day, None, row) for (o, n), (day, kind, name, row) in opened.items()
    ]
    return history
