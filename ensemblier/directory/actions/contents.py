"""Writes: what an interlocutor deals with, for whom and how an offer works, where an organisation intervenes."""

from datetime import date
from uuid import UUID

from django.db import transaction

from ensemblier.directory.actions.calendar import serve_perimeter
from ensemblier.directory.actions.changes import change, check, find
from ensemblier.directory.actions.records import ContactContent, OfferContent, offer_codes
from ensemblier.directory.core.access import check_may_edit
from ensemblier.directory.core.text import clean_line
from ensemblier.directory.models import Contact, Offer, Organisation, Site
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, RuleViolated
from ensemblier.kernel.period import Period
from ensemblier.territory.actions.perimeters import NewPerimeter, record_perimeter
from ensemblier.territory.core.kinds import PerimeterPurpose
from ensemblier.territory.core.views import ZoneView


@transaction.atomic
def change_contact(uid: UUID | str, content: ContactContent, *, version: int, actor: Actor, on: date) -> bool:
    """Subjects, preference, publication and place of an interlocutor; counts as a review. True when it changed.

    Raises BadInput, NotAllowed, NotFound, RuleViolated (a place of somebody else), StaleVersion.
    """
    row = find(Contact, uid)
    check(row, actor)
    site = find(Site, content.site_uid) if content.site_uid else None
    if site is not None and site.organisation_id != row.organisation_id:
        raise RuleViolated("Ce lieu n'est pas un lieu de cette structure.", field="site_uid")
    values = {
        "subjects": [clean_line(text, field="subjects", limit=120) for text in content.subjects if text.strip()],
        "preference": content.preference.value if content.preference else "",
        "is_published": content.is_published,
        "site_id": site.pk if site else None,
        "reviewed_on": on,
    }
    return change(row, values, "change_contact", version=version, actor=actor)


@transaction.atomic
def change_offer(uid: UUID | str, content: OfferContent, *, version: int, actor: Actor, on: date) -> bool:
    """Publics, needs, modes and languages of an offer; counts as a review. True when something changed.

    Whether it is CEP, how it is mobilised and its zones stay. Raises BadInput, NotAllowed, NotFound, StaleVersion.
    """
    row = find(Offer, uid)
    check(row, actor)
    codes = offer_codes(content)
    if not codes["modes"]:
        raise BadInput("Choisissez au moins une façon d'être reçu.", field="modes")
    if row.site_id is None and "en-presentiel" in codes["modes"]:
        raise BadInput("Cette offre n'est rattachée à aucun lieu : elle se fait à distance.", field="modes")
    values = {field: codes[field] for field in ("publics", "needs", "modes", "languages")} | {"reviewed_on": on}
    return change(row, values, "change_offer", version=version, actor=actor)


@transaction.atomic
def serve_zone(
    organisation_uid: UUID | str, zone: ZoneView, *, site_uid: UUID | None, period: Period, actor: Actor
) -> UUID:
    """The organisation, or one of its sites, serves the communes of a zone as they are today; returns the row's uid.

    Raises NotAllowed, NotFound, RuleViolated, as `serve_perimeter`.
    """
    owner = find(Organisation, organisation_uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    perimeter = record_perimeter(
        NewPerimeter(
            name=zone.name,
            holder_label=owner.name[:200],
            purpose=PerimeterPurpose.INTERVENTION,
            communes=frozenset(zone.communes),
            holder_uid=owner.uid,
        ),
        actor=actor,
    )
    return serve_perimeter(organisation_uid, perimeter, site_uid=site_uid, period=period, actor=actor)
