"""Reads: named interlocutors, for those who may see them."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from uuid import UUID

from django.db.models import Prefetch, Q

from ensemblier.directory.core.access import may_see_contacts
from ensemblier.directory.core.states import ContactPreference
from ensemblier.directory.core.views import ContactView
from ensemblier.directory.models import Contact, ContactAbsence
from ensemblier.directory.queries.provenance import provenance_of
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.orm.models import valid_on

MAX_CONTACTS = 100


def _visible(actor: Actor) -> Q:
    return Q() if may_see_contacts(actor) else Q(is_published=True)


def contacts_where(where: Q, *, actor: Actor, on: date) -> list[ContactView]:
    """Interlocutors that the actor may see, by name, with their absence of the day. Two queries."""
    away = ContactAbsence.objects.filter(first_day__lte=on, last_day__gte=on).select_related("replacement")
    rows = (
        Contact.objects.filter(where, _visible(actor), valid_on(on))
        .select_related("organisation", "site", "source")
        .prefetch_related(Prefetch("absences", away.order_by("-last_day", "id"), to_attr="away"))
        .order_by("sort_key", "id")[:MAX_CONTACTS]
    )
    return [_view(row, actor, on) for row in rows]


def hidden_contacts(where: Q, *, actor: Actor, on: date) -> bool:
    """Whether interlocutors exist that the actor does not see (the page then says that signing in shows them)."""
    if may_see_contacts(actor):
        return False
    return Contact.objects.filter(where, valid_on(on), is_published=False).exists()


def contacts_of(organisation_uid: UUID | str, *, actor: Actor, on: date) -> list[ContactView]:
    """Interlocutors of an organisation. Two queries."""
    return contacts_where(Q(organisation__uid=organisation_uid), actor=actor, on=on)


def people_to_meet(organisation_ids: Iterable[int], *, actor: Actor, on: date, most: int = 3) -> list[ContactView]:
    """Interlocutors of other organisations, one of each at most, to be met by a newcomer. Two queries.

    Drawn by lot, the same all month for everybody: nobody is put first.
    """
    others = set(organisation_ids) - {actor.organisation_id}
    found = contacts_where(Q(organisation_id__in=others), actor=actor, on=on) if others else []
    drawn = sorted(found, key=lambda one: sha256(f"{on:%Y-%m} {one.uid}".encode()).digest())
    each = {one.organisation_uid: one for one in reversed(drawn)}
    return [one for one in drawn if each[one.organisation_uid] is one][:most]


def contacts_by_id(ids: Iterable[int], *, actor: Actor, on: date) -> dict[int, ContactView]:
    """Interlocutors by id. Two queries."""
    wanted = sorted(ids)
    views = contacts_where(Q(pk__in=wanted), actor=actor, on=on) if wanted else []
    by_uid = {view.uid: view for view in views}
    keys = Contact.objects.filter(uid__in=by_uid).values_list("id", "uid") if by_uid else []
    return {pk: by_uid[uid] for pk, uid in keys}


def _view(row: Contact, actor: Actor, on: date) -> ContactView:
    away: list[ContactAbsence] = row.away  # type: ignore[attr-defined]  # made by Prefetch(to_attr)
    absence = away[0] if away else None
    replacement = absence.replacement if absence else None
    if replacement is not None and not (replacement.is_published or may_see_contacts(actor)):
        replacement = None
    return ContactView(
        uid=row.uid,
        name=row.name,
        role=row.role,
        subjects=tuple(row.subjects),
        organisation_uid=row.organisation.uid,
        organisation_name=row.organisation.name,
        site_uid=row.site.uid if row.site else None,
        site_name=row.site.name if row.site else "",
        phone=row.phone,
        email=row.email,
        preference=ContactPreference(row.preference) if row.preference else None,
        availability=row.availability,
        absent_until=absence.last_day if absence else None,
        replacement_name=replacement.name if replacement else "",
        replacement_phone=replacement.phone if replacement else "",
        is_published=row.is_published,
        is_stale=provenance_of(row, on=on).is_stale,
        is_fictitious=row.is_fictitious,
        version=row.version,
    )
