"""Reads: the actors of a set of communes by circle, and who says to serve a commune."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q, QuerySet

from ensemblier.directory.core.around import CircleOfActors, ServedBy
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Circle
from ensemblier.directory.core.views import PermanenceView
from ensemblier.directory.models import InterventionPerimeter, NetworkMembership, ServedCommune, Site
from ensemblier.directory.queries.permanences import permanences_of
from ensemblier.directory.sql.cards import site_cards
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import valid_on

PER_CIRCLE = 60


def actors_of(commune_codes: Collection[str], *, on: date, per_circle: int = PER_CIRCLE) -> tuple[CircleOfActors, ...]:
    """Sites standing in these communes on a day, by circle of partners then by name; three queries.

    A site is shown once, in the first circle of its organisation's networks (the order of `Circle`); without any known
    network it stands under "other". Demonstration sites appear only where no real one stands.
    """
    rows = list(
        Site.objects.filter(valid_on(on), commune_id__in=list(commune_codes), merged_into__isnull=True)
        .order_by("sort_key", "id")
        .values_list("id", "organisation_id", "is_fictitious")
    )
    has_real = any(not fictitious for _, _, fictitious in rows)
    kept = [(site, organisation) for site, organisation, fictitious in rows if not (fictitious and has_real)]
    circle_of = _circles({organisation for _, organisation in kept}, on)
    by_circle: dict[Circle, list[int]] = {circle: [] for circle in Circle}
    for site, organisation in kept:
        by_circle[circle_of.get(organisation, Circle.OTHER)].append(site)
    shown = [i for ids in by_circle.values() for i in ids[:per_circle]]
    cards = site_cards(shown, on=on)
    return tuple(
        CircleOfActors(circle, tuple(cards[i] for i in ids[:per_circle] if i in cards), len(ids))
        for circle, ids in by_circle.items()
        if ids
    )


def _circles(organisations: Collection[int], on: date) -> dict[int, Circle]:
    memberships = NetworkMembership.objects.filter(valid_on(on), organisation_id__in=organisations)
    order = list(Circle)
    found: dict[int, Circle] = {}
    for organisation, text in memberships.order_by("id").values_list("organisation_id", "network__circle"):
        circle = Circle(text)
        if organisation not in found or order.index(circle) < order.index(found[organisation]):
            found[organisation] = circle
    return found


def organisations_serving(commune_code: str, *, on: date) -> tuple[ServedBy, ...]:
    """Organisations whose perimeter holds the commune on a day, by name: three queries."""
    listed = ServedCommune.objects.filter(valid_on(on), commune_id=commune_code)
    drawn = InterventionPerimeter.objects.filter(
        valid_on(on), valid_on(on, "perimeter__"), perimeter__communes__code=commune_code
    )
    fields = ("organisation_id", "organisation__uid", "organisation__name", "organisation__sort_key")
    rows = [(*row, "") for row in _owners(listed).values_list(*fields)]
    rows += list(_owners(drawn).values_list(*fields, "perimeter__name"))
    operators = _operators({row[0] for row in rows}, on)
    seen: dict[int, ServedBy] = {}
    for number, uid, name, _key, label in sorted(rows, key=lambda row: (row[3], row[0], row[4])):
        if number not in seen or not seen[number].label:
            seen[number] = ServedBy(uid, name, operators.get(number), label)
    return tuple(seen.values())


def permanences_followed(*, actor: Actor, on: date) -> list[PermanenceView]:
    """Permanences that the actor's organisation holds or proposed, whatever their state: one query."""
    if actor.organisation_id is None:
        return []
    own = Q(holder_id=actor.organisation_id) | Q(proposed_by_id=actor.organisation_id)
    return permanences_of(own, actor=actor, on=on)


def _owners(rows: QuerySet[ServedCommune] | QuerySet[InterventionPerimeter]) -> QuerySet[ServedCommune]:
    kept = rows.filter(Q(organisation__merged_into__isnull=True)).order_by("organisation_id")
    return kept.distinct()  # type: ignore[return-value]


def _operators(organisations: Collection[int], on: date) -> dict[int, Operator]:
    memberships = NetworkMembership.objects.filter(valid_on(on), organisation_id__in=organisations)
    named = memberships.exclude(network__role="").order_by("-network__code")
    return {number: Operator(role) for number, role in named.values_list("organisation_id", "network__role")}
