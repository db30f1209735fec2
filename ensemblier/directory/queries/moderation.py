"""Reads: corrections to examine, people who wait for a call."""

from django.db.models import Q

from ensemblier.directory.core.access import EDITING_ROLES, PLATFORM_ROLES
from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import SuggestionState
from ensemblier.directory.core.views import CallbackView, SuggestionView
from ensemblier.directory.models import CallbackRequest, NetworkMembership, Suggestion
from ensemblier.kernel.actor import Actor


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


def callbacks_waiting(*, actor: Actor) -> list[CallbackView]:
    """People to call back, oldest first: asked of the actor's organisation, or of the operator it is. Two queries."""
    rows = CallbackRequest.objects.select_related("commune").order_by("created_at", "id")
    if not actor.roles & PLATFORM_ROLES:
        if actor.organisation_id is None:
            return []
        rows = rows.filter(callback_scope(actor.organisation_id))
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


def callback_scope(organisation_id: int) -> Q:
    """Requests that an organisation answers: its own, and those for its operator that named no organisation."""
    roles = (
        NetworkMembership.objects.filter(organisation_id=organisation_id)
        .exclude(network__role="")
        .values_list("network__role", flat=True)
    )
    return Q(organisation_id=organisation_id) | Q(organisation=None, operator__in=list(roles))
