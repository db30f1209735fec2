"""Reading data·inclusion v1: a structure gives an organisation and a site, a service gives an offer.

Schema: https://data-inclusion-schema (package `data-inclusion-schema`, version 1). Column names of the tables and of
the workbook are the field names of the schema. Our own exports carry an extension (see `vocabularies.EXTENSION`).
"""

from collections.abc import Mapping
from datetime import date

from ensemblier.directory.core.exchange.di_codes import NEEDS
from ensemblier.directory.core.exchange.fields import Fields
from ensemblier.directory.core.exchange.hours import problem_of
from ensemblier.directory.core.exchange.records import (
    OfferRecord,
    OrganisationRecord,
    RawRow,
    Reading,
    Record,
    SiteRecord,
)
from ensemblier.directory.core.exchange.vocabularies import (
    DI_FEES,
    DI_KINDS,
    DI_MOBILISABLE_BY,
    DI_MOBILISATION,
    DI_MODES,
    DI_PUBLICS,
    EXTENSION,
)
from ensemblier.kernel.words import Sentence

_PLACE = ("adresse", "code_insee", "code_postal", "commune", "latitude", "longitude")


def read(raw: RawRow) -> Reading:
    """A row of structures.json or services.json (told apart by `structure_id`), of a CSV or of the workbook."""
    fields = Fields(raw.fields)
    if fields.yes("__ignore__"):
        return Reading(ignored=Sentence("ligne d'aide du modèle de tableur"))
    reading = _service(fields) if "structure_id" in raw.fields else _structure(fields)
    return Reading(reading, tuple(fields.problems), fields.text("source", limit=80))


def _extension(fields: Fields, name: str = EXTENSION) -> Fields:
    value = fields.raw.get(name)
    return Fields(value if isinstance(value, Mapping) else {})


def _name(fields: Fields, extension: Fields) -> str:
    """The schema wants 3 to 150 characters; a longer or shorter name of ours travels in the extension."""
    name = fields.name("nom")
    return extension.name("nom") if extension.value("nom") else name


def _day(fields: Fields, extension: Fields) -> date | None:
    """The schema wants a date; that our own export had none at its source is said in the extension."""
    day = fields.day("date_maj")
    return None if extension.yes("date_inconnue") else day


def hours(fields: Fields, *names: str) -> str:
    """Opening hours in OSM syntax: unreadable ones are left out, monstrous ones set the row aside."""
    value = fields.value(*names)
    if isinstance(value, str) and len(value) > 4_000:
        fields.refuse(names[0], problem_of(value), value)
        return ""
    text = fields.text(*names)
    if text and (problem := problem_of(text)):
        fields.refuse(names[0], problem, text, blocking=False)
        return ""
    return text


def _has_place(fields: Fields) -> bool:
    return any(fields.value(name) is not None for name in _PLACE)


def _site(fields: Fields, extension: Fields, *, key: str, organisation_key: str, name: str) -> SiteRecord:
    point = fields.coordinates(["latitude"], ["longitude"])
    said = extension.text("position", limit=20)
    position = said if said in {"exact", "commune_centre", "estimated"} else "exact"
    return SiteRecord(
        key=key,
        organisation_key=organisation_key,
        name=name,
        address=fields.text("adresse", limit=300),
        address_more=fields.text("complement_adresse", limit=300),
        postcode=fields.postcode("code_postal"),
        city=fields.text("commune", limit=120),
        commune_code=fields.commune("code_insee"),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position=position if point else "unknown",
        phone=fields.phone("telephone"),
        email=fields.email("courriel"),
        website=fields.url("site_web"),
        accessibility=fields.url("accessibilite_lieu") or extension.text("accessibilite", limit=500),
        hours_osm=hours(fields, "horaires_accueil"),
        hours_note=extension.text("horaires_precisions", limit=500),
        by_appointment=extension.yes("sur_rendez_vous"),
        siret=fields.siret("siret"),
        description=fields.text("description"),
        source_url=fields.url("lien_source"),
        updated_on=_day(fields, extension),
    )


def _structure(fields: Fields) -> tuple[Record, ...]:
    """An organisation and its site. Our own exports tell apart the organisation that has several sites."""
    extension = _extension(fields)
    key, name = fields.required("id"), _name(fields, extension)
    owner = _extension(extension, "structure")
    organisation_key = owner.text("id", limit=255) or key
    site = _site(fields, extension, key=key, organisation_key=organisation_key, name=name)
    organisation = OrganisationRecord(
        key=organisation_key,
        name=owner.text("nom", limit=255) or name,
        networks=extension.codes("reseaux") or fields.codes("reseaux_porteurs"),
        siret=owner.siret("siret") if owner.raw else site.siret,
        description=owner.text("description") if owner.raw else site.description,
        website=owner.url("site_web") if owner.raw else site.website,
        phone=owner.phone("telephone") if owner.raw else site.phone,
        email=owner.email("courriel") if owner.raw else site.email,
        source_url=owner.url("lien_source") if owner.raw else site.source_url,
        updated_on=owner.day("date_maj") if owner.raw else site.updated_on,
    )
    fields.problems.extend(extension.problems + owner.problems)
    return (organisation, site) if _has_place(fields) else (organisation,)


def _one_of(fields: Fields, name: str, allowed: frozenset[str]) -> str:
    text = fields.text(name, limit=80)
    if text and text not in allowed:
        fields.refuse(
            name, Sentence("Valeur inconnue « %(text)s », laissée de côté.", text=text[:40]), text, blocking=False
        )
        return ""
    return text


def _weeks(fields: Fields) -> int | None:
    number = fields.number("nombre_semaines", blocking=False)
    if number is not None and (number < 1 or number > 520 or not number.is_integer()):
        fields.refuse(
            "nombre_semaines",
            Sentence("Un nombre entier de semaines, d'au moins 1, est attendu."),
            number,
            blocking=False,
        )
        return None
    return int(number) if number is not None else None


def _weekly_hours(fields: Fields) -> float | None:
    number = fields.number("volume_horaire_hebdomadaire", blocking=False)
    if number is not None and not 0 <= number <= 168:
        fields.refuse(
            "volume_horaire_hebdomadaire", Sentence("Entre 0 et 168 heures par semaine."), number, blocking=False
        )
        return None
    return number


def _publics(fields: Fields, extension: Fields) -> tuple[str, ...]:
    """Nobody in particular is said by an empty list here, by "tous-publics" there."""
    own = extension.codes("publics")
    told = own or fields.known(DI_PUBLICS, "publics")
    return tuple(public for public in told if public != "tous-publics") if "tous-publics" not in told else ()


def _service(fields: Fields) -> tuple[Record, ...]:
    extension = _extension(fields)
    key, structure, name = fields.required("id"), fields.required("structure_id"), _name(fields, extension)
    organisation_key = extension.text("structure", limit=255) or structure
    own_place = bool(fields.value("adresse") or fields.value("latitude"))
    said = extension.yes("sans_description")
    offer = OfferRecord(
        key=key,
        organisation_key=organisation_key,
        site_key="" if extension.yes("sans_lieu") else f"service:{key}" if own_place else structure,
        name=name,
        description="" if said else fields.text("description"),
        kind=_one_of(fields, "type", DI_KINDS),
        needs=extension.codes("besoins") or fields.known(NEEDS, "thematiques"),
        publics=_publics(fields, extension),
        publics_note=fields.text("publics_precisions"),
        modes=fields.known(DI_MODES, "modes_accueil"),
        conditions=fields.text("conditions_acces"),
        fee="" if extension.yes("frais_deduits") else _one_of(fields, "frais", DI_FEES),
        fee_note=fields.text("frais_precisions"),
        mobilisation=fields.known(DI_MOBILISATION, "modes_mobilisation"),
        mobilisable_by=fields.known(DI_MOBILISABLE_BY, "mobilisable_par"),
        mobilisation_note=fields.text("mobilisation_precisions"),
        mobilisation_url=fields.url("lien_mobilisation"),
        eligibility_zones=fields.codes("zone_eligibilite"),
        contact_name=fields.text("contact_nom_prenom", limit=200),
        phone=fields.phone("telephone"),
        email=fields.email("courriel"),
        hours_osm=hours(fields, "horaires_accueil"),
        weekly_hours=_weekly_hours(fields),
        weeks=_weeks(fields),
        languages=extension.codes("langues"),
        accessibility=extension.text("accessibilite", limit=500),
        is_cep=extension.yes("est_cep") or False,
        source_url=fields.url("lien_source"),
        updated_on=_day(fields, extension),
    )
    fields.problems.extend(extension.problems)
    return (_own_site(fields, offer, structure), offer) if own_place else (offer,)


def _own_site(fields: Fields, offer: OfferRecord, structure: str) -> SiteRecord:
    point = fields.coordinates(["latitude"], ["longitude"])
    return SiteRecord(
        key=offer.site_key,
        organisation_key=offer.organisation_key,
        name=offer.name,
        address=fields.text("adresse", limit=300),
        address_more=fields.text("complement_adresse", limit=300),
        postcode=fields.postcode("code_postal"),
        city=fields.text("commune", limit=120),
        commune_code=fields.commune("code_insee"),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position="exact" if point else "unknown",
        phone=offer.phone,
        email=offer.email,
        hours_osm=offer.hours_osm,
        updated_on=offer.updated_on,
        parent_key=structure,
    )
