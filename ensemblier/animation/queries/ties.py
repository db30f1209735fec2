"""Reads: what an organisation declared, what the question of the month says, circles and letters."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Q

from ensemblier.animation.core.kinds import TieForm
from ensemblier.animation.models import DeclaredTie, DigestSubscription, EventFeed, SurveyTaken
from ensemblier.directory.models import Organisation, Site
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import valid_on
from ensemblier.territory.models import Perimeter


@dataclass(frozen=True, slots=True)
class TieView:
    """A cooperation that one's organisation declared."""

    uid: UUID
    other: str
    form: TieForm
    words: str
    since: date
    until: date | None


def declared_ties(*, actor: Actor) -> tuple[TieView, ...]:
    """What one's organisation declared, newest first: one query."""
    rows = DeclaredTie.objects.filter(organisation_id=actor.organisation_id or 0).select_related("other")
    return tuple(
        TieView(row.uid, row.other.name, TieForm(row.form), row.words, row.since, row.until)
        for row in rows.order_by("-since", "-id")[:200]
    )


def has_answered(*, actor: Actor, on: date) -> bool:
    """Whether one already answered the question of the month, for the organisation for which one acts: one query."""
    taken = SurveyTaken.objects.filter(user_id=actor.user_id or 0, organisation_id=actor.organisation_id or 0)
    return taken.filter(month=on.replace(day=1)).exists()


def neighbours(*, actor: Actor, on: date, limit: int = 60) -> list[tuple[UUID, str]]:
    """Organisations with a place in the départements where one's own has one, by name: two queries."""
    own = Organisation.objects.filter(pk=actor.organisation_id or 0)
    areas = own.values_list("sites__commune__departement_id", flat=True)
    here = {area for area in areas if area}
    rows = Organisation.objects.filter(valid_on(on), sites__commune__departement_id__in=here, merged_into=None)
    others = rows.exclude(pk=actor.organisation_id or 0).distinct().order_by("sort_key", "id")
    return list(others.values_list("uid", "name")[:limit])


def organisations_in(communes: Collection[str], *, on: date, limit: int = 300) -> list[tuple[UUID, str]]:
    """Organisations with a place in these communes, by name, for a form: one query."""
    rows = Organisation.objects.filter(valid_on(on), sites__commune_id__in=sorted(communes), merged_into=None)
    return list(rows.distinct().order_by("sort_key", "id").values_list("uid", "name")[:limit])


def organisations_around(holder: UUID, *, on: date, limit: int = 300) -> list[tuple[UUID, str]]:
    """Organisations with a place where an organisation has perimeters or places, by name, for a form: two queries.

    Its own départements, and those of the perimeters that it holds.
    """
    own = set(Site.objects.filter(organisation__uid=holder).values_list("commune__departement_id", flat=True))
    held = Perimeter.communes.through.objects.filter(perimeter__holder_uid=holder)
    own |= set(held.order_by().values_list("commune__departement_id", flat=True).distinct())
    rows = Organisation.objects.filter(valid_on(on), merged_into=None)
    near = rows.filter(Q(sites__commune__departement_id__in=[each for each in own if each]) | Q(uid=holder))
    return list(near.distinct().order_by("sort_key", "id").values_list("uid", "name")[:limit])


def subscription_of(*, actor: Actor, kind: str, code: str) -> UUID | None:
    """One's own subscription to the letter of a territory: one query."""
    rows = DigestSubscription.objects.filter(user_id=actor.user_id or 0, zone_kind=kind, zone_code=code)
    return rows.values_list("uid", flat=True).first()


def feed_href(*, actor: Actor) -> str:
    """The secret address of one's own calendar, "" when there is none yet: one query."""
    key = EventFeed.objects.filter(user_id=actor.user_id or 0).values_list("key", flat=True).first()
    return f"{settings.PUBLIC_URL}/agenda/abonnement/{key}.ics" if key else ""
