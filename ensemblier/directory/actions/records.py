"""Writes: organisations, sites, offers and interlocutors, recorded and corrected by those who own them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from ensemblier.directory.actions.changes import TABLES, audit, change, check, created, find
from ensemblier.directory.core.access import EDITING_ROLES, PLATFORM_ROLES, check_may_edit
from ensemblier.directory.core.fields import read_fields
from ensemblier.directory.core.hours import open_days
from ensemblier.directory.core.states import ContactPreference, Mode, PositionKind
from ensemblier.directory.core.text import clean_line, clean_url
from ensemblier.directory.models import Contact, Network, NetworkMembership, Offer, Organisation, Site, Source, Sourced
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.territory.core.geo import Point
from ensemblier.territory.queries.communes import commune


@dataclass(frozen=True, slots=True)
class Origin:
    """Where what is recorded comes from: the name of a source ("" = the actor's own structure) and the page read."""

    source_name: str = ""
    source_url: str = ""
    is_fictitious: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site is. `point` None: the centre of the commune is taken, and said to be so."""

    address: str = ""
    postcode: str = ""
    city: str = ""
    commune_code: str = ""
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class OfferContent:
    """For whom, for what and how an offer works; codes are those of data·inclusion or the CEP's own."""

    publics: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    modes: tuple[str, ...] = (Mode.ON_SITE.value,)
    mobilisation: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    eligibility_zones: tuple[str, ...] = ()
    is_cep: bool = False


@dataclass(frozen=True, slots=True)
class ContactContent:
    """What an interlocutor deals with and how to reach her."""

    subjects: tuple[str, ...] = ()
    preference: ContactPreference | None = None
    is_published: bool = False
    site_uid: UUID | None = None


@transaction.atomic
def record_organisation(
    typed: dict[str, str], *, networks: tuple[str, ...] = (), origin: Origin | None = None, actor: Actor, on: date
) -> UUID:
    """Add an organisation and return its uid; the actor's own one keeps the row until the organisation joins.

    `typed`: fields of `core.fields.FIELDS["organisation"]`. Raises BadInput, NotAllowed, NotFound (network).
    """
    if not actor.roles & (EDITING_ROLES | PLATFORM_ROLES):
        raise NotAllowed("Seule une structure de l'annuaire peut en ajouter une autre. Proposez-la à votre Carif-Oref.")
    values = _values("organisation", typed)
    found = set(Network.objects.filter(code__in=networks).values_list("code", flat=True))
    if missing := set(networks) - found:
        raise NotFound("Le réseau « %(code)s » n'est pas connu.", field="networks", values={"code": min(missing)[:60]})
    row = Organisation(**values, **_signed(origin, on), maintainer_id=actor.organisation_id)
    row.save()
    for code in networks:
        NetworkMembership.objects.create(organisation=row, network_id=code, source=row.source)
    created(row, "record_organisation", actor=actor)
    return row.uid


@transaction.atomic
def record_site(
    organisation_uid: UUID | str, typed: dict[str, str], *, place: Place, origin: Origin | None = None, actor: Actor,
    on: date,
) -> UUID:  # fmt: skip
    """Add a site of an organisation and return its uid. Raises BadInput, NotAllowed, NotFound."""
    owner = find(Organisation, organisation_uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    values = _values("site", typed) | _place(place, on)
    values["open_days"] = open_days(values.get("hours_osm", ""))
    row = Site.objects.create(organisation=owner, **values, **_signed(origin, on))
    created(row, "record_site", actor=actor)
    return row.uid


@transaction.atomic
def record_offer(
    owner_uid: UUID | str, typed: dict[str, str], *, content: OfferContent, origin: Origin | None = None, actor: Actor,
    on: date,
) -> UUID:  # fmt: skip
    """Add an offer to a site (its uid), or to an organisation when it is at a distance only; returns its uid.

    An offer of CEP is free by law (L6111-6). Raises BadInput, NotAllowed, NotFound.
    """
    site = Site.objects.select_related("organisation").filter(uid=owner_uid).first()
    owner = site.organisation if site else find(Organisation, owner_uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    values = _values("offer", typed) | offer_codes(content)
    if site is None and Mode.ON_SITE.value in content.modes:
        raise BadInput(
            "Une offre sur place se rattache à un lieu. Choisissez le lieu, ou le mode à distance.", field="modes"
        )
    row = Offer.objects.create(organisation=owner, site=site, **values, **_signed(origin, on))
    created(row, "record_offer", actor=actor)
    return row.uid


@transaction.atomic
def record_contact(
    organisation_uid: UUID | str, typed: dict[str, str], *, content: ContactContent, actor: Actor, on: date
) -> UUID:
    """Add an interlocutor and return her uid. Raises BadInput, NotAllowed, NotFound."""
    owner = find(Organisation, organisation_uid)
    check_may_edit(actor, {owner.pk, owner.maintainer_id}, "cette structure")
    site = find(Site, content.site_uid) if content.site_uid else None
    if site is not None and site.organisation_id != owner.pk:
        raise RuleViolated("Ce lieu n'est pas un lieu de cette structure.", field="site_uid")
    row = Contact(
        organisation=owner,
        site=site,
        subjects=[clean_line(subject, field="subjects", limit=120) for subject in content.subjects if subject.strip()],
        preference=content.preference.value if content.preference else "",
        is_published=content.is_published,
        **_values("contact", typed),
        **_signed(None, on),
    )
    row.save()
    created(row, "record_contact", actor=actor)
    return row.uid


@transaction.atomic
def correct_row(kind: str, uid: UUID | str, typed: dict[str, str], *, version: int, actor: Actor, on: date) -> bool:
    """Correct fields of a row (`core.fields`), which counts as a review; True when something changed.

    A delay that is declared again gets the day. Raises BadInput, NotAllowed, NotFound, StaleVersion.
    """
    if kind not in TABLES:
        raise NotFound("Cette sorte de fiche n'existe pas.")
    row = find(TABLES[kind], uid)
    check(row, actor)
    values: dict[str, Any] = read_fields(kind, typed)
    if "first_appointment_days" in values:
        values["first_appointment_on"] = None if values["first_appointment_days"] is None else on
    return change(row, values | {"reviewed_on": on}, "correct_row", version=version, actor=actor)


@transaction.atomic
def move_site(uid: UUID | str, place: Place, *, version: int, actor: Actor, on: date) -> None:
    """The site is now elsewhere. Raises BadInput, NotAllowed, NotFound (commune), StaleVersion."""
    row = find(Site, uid)
    check(row, actor)
    change(row, _place(place, on) | {"reviewed_on": on}, "move_site", version=version, actor=actor)


@transaction.atomic
def close_row(kind: str, uid: UUID | str, *, version: int, actor: Actor, on: date) -> None:
    """The row no longer holds from the day `on`; it stays in the history. Raises NotAllowed, NotFound, RuleViolated.

    What stands on it ends the same day: the offers of a site; the sites, offers and interlocutors of an organisation.
    """
    row = find(TABLES[kind], uid) if kind in TABLES else None
    if row is None:
        raise NotFound("Cette sorte de fiche n'existe pas.")
    check(row, actor)
    for part in [row, *_standing_on(row, on)]:
        if part.valid_from is not None and part.valid_from >= on:
            raise RuleViolated(
                "« %(part)s » n'a pas encore commencé à cette date.", values={"part": part}, field="last_day"
            )
        number = version if part is row else part.version
        change(part, {"valid_to": on}, "close_row", version=number, actor=actor)


def _standing_on(row: Sourced, on: date) -> list[Sourced]:
    """Rows that cannot outlive this one, and that do not end before it."""
    if isinstance(row, Site):
        own: tuple[type[Sourced], ...] = (Offer,)
        where = Q(site=row)
    elif isinstance(row, Organisation):
        own, where = (Site, Offer, Contact), Q(organisation=row)
    else:
        return []
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=on)
    return [part for table in own for part in table._default_manager.filter(where, still).order_by("id")]


@transaction.atomic
def confirm_row(kind: str, uid: UUID | str, *, version: int, actor: Actor, on: date) -> None:
    """The owner has read the row again and it is right. Raises NotAllowed, NotFound, StaleVersion."""
    row = find(TABLES[kind], uid) if kind in TABLES else None
    if row is None:
        raise NotFound("Cette sorte de fiche n'existe pas.")
    check(row, actor)
    if not change(row, {"reviewed_on": on}, "confirm_row", version=version, actor=actor):
        audit(row, "confirm_row", {}, actor=actor)


def _values(kind: str, typed: dict[str, str]) -> dict[str, Any]:
    if not typed.get("name", "").strip():
        raise BadInput("Donnez un nom.", field="name")
    return dict(read_fields(kind, typed))


def _signed(origin: Origin | None, on: date) -> dict[str, Any]:
    """Source, link and review of a new row: who writes it today has read it today."""
    known = origin or Origin()
    source = None
    if known.source_name:
        name = clean_line(known.source_name, field="source_name", limit=200)
        source = Source.objects.filter(name=name).order_by("id").first()
        if source is None:
            raise NotFound("La source « %(name)s » n'est pas connue.", field="source_name", values={"name": name[:60]})
    url = clean_url(known.source_url, field="source_url")
    return {"source": source, "source_url": url, "reviewed_on": on, "is_fictitious": known.is_fictitious}


def _place(place: Place, on: date) -> dict[str, Any]:
    """Columns of a place: the commune followed on the date, the point or what stands for it."""
    view = commune(place.commune_code, on=on) if place.commune_code else None
    point, kind = place.point, PositionKind.EXACT
    if point is None and view is not None and view.point is not None:
        point = view.point
        kind = PositionKind.ESTIMATED if view.is_estimated else PositionKind.COMMUNE_CENTRE
    typed = {"address": place.address, "postcode": place.postcode, "city": place.city or (view.name if view else "")}
    return dict(read_fields("site", typed)) | {
        "commune_id": view.code if view else None,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
        "position": (kind if point else PositionKind.UNKNOWN).value,
    }


def offer_codes(content: OfferContent) -> dict[str, Any]:
    """Columns of the lists of an offer. Raises BadInput."""
    lists = {
        "publics": content.publics,
        "needs": content.needs,
        "modes": content.modes,
        "mobilisation": content.mobilisation,
        "languages": content.languages,
        "eligibility_zones": content.eligibility_zones,
    }
    if unknown := set(content.modes) - {mode.value for mode in Mode}:
        raise BadInput(
            "Le mode d'accueil « %(mode)s » n'est pas connu.", field="modes", values={"mode": min(unknown)[:40]}
        )
    return {
        field: [clean_line(code, field=field, limit=80) for code in dict.fromkeys(codes)]
        for field, codes in lists.items()
    } | {"is_cep": content.is_cep, "fee": "gratuit" if content.is_cep else ""}
