"""Store figures of places."""

from collections.abc import Iterable, Iterator

from ensemblier.kernel.words import Sentence
from ensemblier.territory.core.intake.figures import FigureRow
from ensemblier.territory.core.kinds import ZoneKind
from ensemblier.territory.core.rows import Problem, Report
from ensemblier.territory.core.variables import KNOWN
from ensemblier.territory.models import Commune, Perimeter, Variable, Zone
from ensemblier.territory.sql.bulk import Target, merge

_FIGURE = Target(
    "territory_figure",
    ("kind", "code", "variable_id", "period", "value", "source", "method", "published_on"),
    ("kind", "code", "variable_id", "period", "source"),
)
_VARIABLE = Target("territory_variable", ("code", "label", "unit"), ("code",))


def store_figures(figures: Iterable[FigureRow], report: Report) -> None:
    """Store figures inside the caller's transaction; a zone that nobody knows and a second value are refused."""
    places = _Places()
    variables: dict[str, tuple[str, str]] = {}
    held = dict(Variable.objects.order_by().values_list("code", "label"))
    kept = list(_checked(figures, places, variables, report))
    merge(
        _VARIABLE,
        (
            (code, label or held.get(code) or code, unit)
            for code, (label, unit) in sorted(variables.items())
            if code not in held or label
        ),
    )
    report.count(
        merge(
            _FIGURE,
            ((f.kind.value, f.code, f.variable, f.period, f.value, f.source, f.method, f.published_on) for f in kept),
        )
    )


def _checked(
    figures: Iterable[FigureRow], places: "_Places", variables: dict[str, tuple[str, str]], report: Report
) -> Iterator[FigureRow]:
    seen: dict[tuple[str, str, str, str, str], float] = {}
    for f in figures:
        if not f.source:
            report.refuse(
                Problem(f.row, "source", Sentence("il faut une source (colonne « source » ou option --source)"))
            )
            continue
        if not places.has(f.kind, f.code):
            report.refuse(
                Problem(
                    f.row,
                    "zone",
                    Sentence("%(label)s « %(code)s » : inconnue du découpage chargé", label=f.kind.label, code=f.code),
                )
            )
            continue
        key = (f.kind.value, f.code, f.variable, f.period, f.source)
        if key in seen:
            if seen[key] != f.value:
                report.refuse(
                    Problem(
                        f.row,
                        f.variable,
                        Sentence("deux valeurs pour %(code)s en %(period)s", code=f.code, period=f.period),
                    )
                )
            continue
        seen[key] = f.value
        known = KNOWN.get(f.variable)
        label, unit = (f.label or (known.label if known else "")), (f.unit or (known.unit if known else ""))
        if f.variable not in variables or (label and not variables[f.variable][0]):
            variables[f.variable] = (label, unit)
        yield f


class _Places:
    """Which places exist, read once before the rows flow: no query may interrupt a COPY."""

    def __init__(self) -> None:
        communes = set(Commune.objects.order_by().values_list("code", flat=True))
        self.codes: dict[str, set[str]] = {kind.value: set() for kind in ZoneKind}
        for kind, code in Zone.objects.order_by().values_list("kind", "code"):
            self.codes[kind].add(code)
        self.codes[ZoneKind.COMMUNE] = self.codes[ZoneKind.ARRONDISSEMENT_MUNICIPAL] = communes
        self.codes[ZoneKind.PERIMETER] = {str(u) for u in Perimeter.objects.order_by().values_list("uid", flat=True)}

    def has(self, kind: ZoneKind, code: str) -> bool:
        """Whether a place of that kind has that code."""
        return code in self.codes[kind]
