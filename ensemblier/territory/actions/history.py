"""Store the history of communes."""

from collections.abc import Iterable
from datetime import date

from ensemblier.kernel.period import Period
from ensemblier.kernel.words import Sentence
from ensemblier.territory.actions.facts import departement_of
from ensemblier.territory.core.history import Step, follow
from ensemblier.territory.core.intake.history import History
from ensemblier.territory.core.kinds import NameKind
from ensemblier.territory.core.naming import search_key
from ensemblier.territory.core.rows import ChangeRow, Problem, Report
from ensemblier.territory.models import Commune, CommuneChange
from ensemblier.territory.sql.bulk import Target, merge

_CHANGE = Target(
    "territory_communechange",
    ("old_code", "new_code", "old_name", "kind", "source", "valid_from", "valid_to"),
    ("old_code", "new_code", "valid_from"),
)
_NAME = Target(
    "territory_placename",
    ("commune_id", "name", "search_key", "kind", "departement_code", "weight"),
    ("commune_id", "name", "kind"),
)


def store_history(history: History, report: Report) -> None:
    """Store changes and former names inside the caller's transaction; a change that ends nowhere is refused."""
    current = frozenset(Commune.objects.order_by().values_list("code", flat=True))
    steps = _steps(history.changes)
    known = {(row.old_code, row.new_code) for row in CommuneChange.objects.filter(valid_from=None).order_by()}
    kept: dict[tuple[str, str, date | None], ChangeRow] = {}
    names = {(code, name) for code, name in history.names if code in current and name}
    for change in history.changes:
        final = follow(change.old_code, steps, on=date.max, current=current)
        if final not in current:
            report.refuse(
                Problem(
                    change.row,
                    "new_code",
                    Sentence(
                        "%(old_code)s mène à %(final)s, qui n'est pas une commune",
                        old_code=change.old_code,
                        final=final,
                    ),
                )
            )
        elif change.start is None and (change.old_code, change.new_code) in known and not change.old_name:
            report.unchanged += 1
        else:
            kept[(change.old_code, change.new_code, change.start)] = change
            if change.old_name and change.old_code != final:
                names.add((final, change.old_name))
    report.count(
        merge(
            _CHANGE,
            ((c.old_code, c.new_code, c.old_name, c.kind.value, c.source, c.start, c.end) for c in kept.values()),
        )
    )
    merge(
        _NAME,
        ((code, name, search_key(name), NameKind.OLD.value, departement_of(code), 0) for code, name in sorted(names)),
    )


def _steps(changes: Iterable[ChangeRow]) -> dict[str, list[Step]]:
    steps: dict[str, list[Step]] = {}
    rows = CommuneChange.objects.order_by("pk").values_list("old_code", "new_code", "valid_from", "valid_to")
    for old, new, start, end in rows:
        steps.setdefault(old, []).append(Step(old, new, Period(start, end)))
    for c in changes:
        steps.setdefault(c.old_code, []).append(Step(c.old_code, c.new_code, Period(c.start, c.end)))
    return steps
