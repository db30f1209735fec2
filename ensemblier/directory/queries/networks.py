"""Reads: networks under their names of a date, what each operator is known for, the desk of a region."""

from datetime import date

from django.db.models import Prefetch

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Circle
from ensemblier.directory.core.views import NetworkView, RegionalDesk
from ensemblier.directory.models import Network, NetworkName, NetworkSuccession, Strength
from ensemblier.directory.sql.desks import desk_of
from ensemblier.kernel.orm.models import valid_on


def networks(*, on: date, codes: list[str] | None = None) -> list[NetworkView]:
    """Networks that have a name on the day, by circle then code, in three queries."""
    rows = Network.objects.order_by("circle", "code").prefetch_related(
        Prefetch("names", NetworkName.objects.filter(valid_on(on)).order_by("-valid_from", "id"), to_attr="named"),
        Prefetch("strengths", Strength.objects.filter(valid_on(on)).order_by("id"), to_attr="known"),
    )
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return [_network(row) for row in rows if row.named]


def _network(row: Network) -> NetworkView:
    name: NetworkName = row.named[0]  # type: ignore[attr-defined]  # made by Prefetch(to_attr)
    strengths: list[Strength] = row.known  # type: ignore[attr-defined]
    return NetworkView(
        code=row.code,
        name=name.name,
        short_name=name.short_name or name.name,
        circle=Circle(row.circle),
        operator=row.operator,
        strengths=tuple(s.text for s in strengths),
    )


def operator_names(*, on: date) -> dict[Operator, str]:
    """Short name of each operator on the day (Pôle emploi before 2024); the role's own label when no name holds."""
    names = {operator: operator.label for operator in Operator}
    rows = (
        NetworkName.objects.filter(valid_on(on))
        .filter(network__isnull=False)
        .exclude(network__role="")
        .order_by("network_id", "id")
    )
    for role, name, short_name in rows.values_list("network__role", "name", "short_name"):
        names[Operator(role)] = short_name or name
    return names


def strengths(*, on: date) -> dict[Operator, tuple[str, ...]]:
    """What each operator is known for, as its source says; an operator without any is absent."""
    found: dict[Operator, tuple[str, ...]] = {}
    rows = Strength.objects.filter(valid_on(on)).filter(network__isnull=False).exclude(network__role="").order_by("id")
    for role, text in rows.values_list("network__role", "text"):
        found[Operator(role)] = (*found.get(Operator(role), ()), text)
    return found


def regional_desk(region_code: str, *, on: date) -> RegionalDesk | None:
    """The desk of the regional operator of a region on the day; a real one wins over a demonstration one. One query."""
    return desk_of(region_code, on=on)


def successors(code: str, *, on: date) -> list[tuple[str, date, str]]:
    """(network code, since, note) of what took over a network by the day, oldest first. One query."""
    rows = NetworkSuccession.objects.filter(before_id=code, on__lte=on).order_by("on", "id")
    return list(rows.values_list("after_id", "on", "note"))
