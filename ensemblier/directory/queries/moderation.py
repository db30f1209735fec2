"""Reads: corrections to examine, people who wait for a call."""

from collections.abc import Collection
from datetime import date

from django.db.models import Q

from ensemblier.directory.core.access import EDITING_ROLES, PLATFORM_ROLES
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import SuggestionState
from ensemblier.directory.core.views import CallbackView, SuggestionView
from ensemblier.directory.models import (
    CallbackRequest,
    InterventionPerimeter,
    NetworkMembership,
    ServedCommune,
    Site,
    Suggestion,
)
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import valid_on


def suggestions_to_decide(
    *, actor: Actor, state: SuggestionState | None = SuggestionState.OPEN
) -> list[SuggestionView]:
    """Corrections that wait for the actor's organisation, oldest first (all of them for the platform). One query."""
    rows = Suggestion.objects.select_related("organisation").order_by("created_at", "id")
    if state is not None:
        rows = rows.filter(state=state.value)
    if not actor.roles & PLATFORM_ROLES:
        if actor.organisation_id is None or not actor.roles & EDITING_ROLES:
            return []
        own = Q(organisation_id=actor.organisation_id) | Q(organisation__maintainer_id=actor.organisation_id)
        rows = rows.filter(own)
    return [_suggestion(row) for row in rows[:300]]


def _suggestion(row: Suggestion) -> SuggestionView:
    return SuggestionView(
        uid=row.uid,
        kind=row.table,
        row_uid=row.row_uid,
        row_label=row.row_label,
        organisation_name=row.organisation.name,
        field=row.field,
        current_value=row.current_value,
        proposed_value=row.proposed_value,
        message=row.message,
        author_label=row.author_label,
        state=SuggestionState(row.state),
        created_at=row.created_at,
        decided_by=row.decided_by,
        decision_note=row.decision_note,
    )


def callbacks_waiting(*, actor: Actor, on: date) -> list[CallbackView]:
    """People to call back, oldest first: asked of the actor's organisation, or near it of the operator it is."""
    rows = CallbackRequest.objects.select_related("commune").order_by("created_at", "id")
    if not actor.roles & PLATFORM_ROLES:
        if actor.organisation_id is None:
            return []
        rows = rows.filter(callback_scope(actor.organisation_id, on=on))
    return [
        CallbackView(
            uid=row.uid,
            phone=row.phone,
            commune_name=row.commune.name if row.commune else "",
            operator=Operator(row.operator) if row.operator else None,
            when=row.when,
            created_at=row.created_at,
        )
        for row in rows[:300]
    ]


def callback_scope(organisation_id: int, *, on: date) -> Q:
    """Requests that an organisation answers: its own, and those for its operator that named no organisation.

    A number asked of an operator is seen by the structures of that operator in the département of the asked commune:
    those with a site there, or that say to serve a commune there, on the day. Where no structure of the operator is
    known in the département, those of the region see it, so that nobody waits for nothing. Without a commune nothing
    says who is near: nobody but the platform sees it. Five queries.
    """
    members = NetworkMembership.objects.filter(valid_on(on), organisation_id=organisation_id).exclude(network__role="")
    roles = sorted(set(members.values_list("network__role", flat=True)))
    scope = Q(organisation_id=organisation_id)
    if not roles:
        return scope
    own = _reached(Q(organisation_id=organisation_id), on)
    departements = {departement for departement, _ in own}
    regions = {region for _, region in own if region}
    for role in roles:
        asked = Q(organisation=None, operator=role)
        peers = NetworkMembership.objects.filter(valid_on(on), network__role=role).values("organisation_id")
        covered = {departement for departement, _ in _reached(Q(organisation_id__in=peers), on, regions)}
        scope |= asked & Q(commune__departement_id__in=departements)
        scope |= asked & Q(commune__region_id__in=regions) & ~Q(commune__departement_id__in=covered)
    return scope


def _reached(where: Q, on: date, regions: Collection[str] = ()) -> set[tuple[str, str]]:
    """(département key, region key) of the communes where these organisations have a site or that they say to serve."""
    near = Q(commune__region_id__in=regions) if regions else Q()
    sites = Site.objects.filter(where, near, valid_on(on), commune__isnull=False, merged_into=None)
    listed = ServedCommune.objects.filter(where, near, valid_on(on))
    drawn = InterventionPerimeter.objects.filter(where, valid_on(on))
    if regions:
        drawn = drawn.filter(perimeter__communes__region_id__in=regions)
    found: set[tuple[str, str]] = set()
    for rows, path in ((sites, "commune"), (listed, "commune"), (drawn, "perimeter__communes")):
        pairs = rows.order_by().values_list(f"{path}__departement_id", f"{path}__region_id").distinct()
        found |= {(departement, region or "") for departement, region in pairs if departement}
    return found
