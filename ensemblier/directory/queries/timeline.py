"""Reads: networks through time – what they were called, who took over from whom, what each is known for."""

from datetime import date

from django.db.models import F

from ensemblier.directory.core.around import DatedName, NetworkTimeline, Succession
from ensemblier.directory.core.states import Circle
from ensemblier.directory.models import Network, NetworkName, NetworkSuccession, Strength
from ensemblier.kernel.orm.models import valid_on


def network_timelines(*, on: date) -> tuple[NetworkTimeline, ...]:
    """Every network by circle then by its name of the day (the last one it had, once it is no more): four queries."""
    names: dict[str, list[DatedName]] = {}
    for row in NetworkName.objects.order_by("network_id", F("valid_from").asc(nulls_first=True), "id"):
        holds = row.period.contains(on)
        dated = DatedName(row.name, row.short_name, row.valid_from, row.valid_to, row.source_url, holds)
        names.setdefault(row.network_id, []).append(dated)
    strengths: dict[str, list[Strength]] = {}
    for strength in Strength.objects.filter(valid_on(on), network__isnull=False).order_by("id"):
        strengths.setdefault(str(strength.network_id), []).append(strength)
    shown = {code: _name_of(dated) for code, dated in names.items()}
    links = _successions(shown)
    found = [
        _timeline(network, tuple(names.get(network.code, ())), links.get(network.code, []), strengths)
        for network in Network.objects.order_by("code")
    ]
    order = list(Circle)
    return tuple(sorted(found, key=lambda n: (order.index(n.circle), n.operator is None, n.name.casefold())))


def _timeline(
    network: Network, names: tuple[DatedName, ...], links: list[Succession], strengths: dict[str, list[Strength]]
) -> NetworkTimeline:
    known = strengths.get(network.code, [])
    return NetworkTimeline(
        code=network.code,
        name=_name_of(list(names)) or network.code,
        circle=Circle(network.circle),
        operator=network.operator,
        names=names,
        successions=tuple(sorted(links, key=lambda link: (link.on, link.other_name))),
        strengths=tuple(row.text for row in known),
        strengths_source=", ".join(dict.fromkeys(row.source_name for row in known)),
    )


def _name_of(names: list[DatedName]) -> str:
    holding = [name for name in names if name.holds] or names
    return holding[-1].name if holding else ""


def _successions(shown: dict[str, str]) -> dict[str, list[Succession]]:
    links: dict[str, list[Succession]] = {}
    for row in NetworkSuccession.objects.order_by("on", "id"):
        before, after = row.before_id, row.after_id
        links.setdefault(before, []).append(
            Succession(after, shown.get(after, after), True, row.on, row.note, row.source_url)
        )
        links.setdefault(after, []).append(
            Succession(before, shown.get(before, before), False, row.on, row.note, row.source_url)
        )
    return links
