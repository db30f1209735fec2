"""Telling whoever coordinates a territory that relays stay without an answer: that there are some, never how many."""

from datetime import datetime
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings

from ensemblier.accounts.core.roles import Role
from ensemblier.accounts.models import Membership
from ensemblier.journey.core.loops import PERIOD, LoopKind
from ensemblier.journey.core.relay import PARIS
from ensemblier.journey.queries.loops import departements_of
from ensemblier.journey.sql.loops import loops
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.messages import Channel, OutMessage
from ensemblier.kernel.orm.models import valid_on
from ensemblier.kernel.orm.outbox import enqueue_all

SUBJECT = "Des boucles restent ouvertes sur votre territoire"
BODY = (
    "Bonjour,\n\nDes relais sont restés sans réponse, ou se sont terminés sans suite dite. La page en donne les "
    "comptes, par lieu et par structure, sans personne : {page}\n\nUn coup de téléphone suffit souvent.\n"
)
_KIND = "loops.coordinator"
_TOLD = frozenset({LoopKind.EXPIRED, LoopKind.OPEN})


def tell_coordinators(at: datetime) -> int:
    """One letter a week to each coordinator of a territory where a loop stays open; how many stand this week.

    Safe to run as often as one likes: the key of a letter is made of its week.
    """
    year, week, _ = at.astimezone(PARIS).isocalendar()
    with acting(SYSTEM):
        touched = {each.departement for each in loops(at - PERIOD, at) if each.kind in _TOLD}
        if not touched:
            return 0
        on = at.astimezone(PARIS).date()
        rows = Membership.objects.filter(valid_on(on), role=Role.COORDINATOR.value, user__is_active=True)
        letters = []
        for row in rows.select_related("user").order_by("pk"):
            places = departements_of(row.organisation_id, on=on)
            if places and not places & touched:
                continue
            page = f"{settings.PUBLIC_URL}/relais/boucles/"
            key = uuid5(NAMESPACE_URL, f"loops {row.user_id} {row.organisation_id} {year} {week}")
            letters.append(OutMessage(_KIND, Channel.EMAIL, row.user.email, SUBJECT, BODY.format(page=page), key))
        enqueue_all(letters, at=at)
    return len(letters)
