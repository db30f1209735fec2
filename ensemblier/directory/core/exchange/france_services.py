"""Reading the national list of France services (ANCT, Licence Ouverte 2.0): one row per place, hours day by day."""

from ensemblier.directory.core.exchange.fields import Fields
from ensemblier.directory.core.exchange.hours import from_day_columns
from ensemblier.directory.core.exchange.records import OrganisationRecord, RawRow, Reading, SiteRecord, SourceInfo

SOURCE = SourceInfo(
    code="france-services",
    name="Liste des structures France services",
    publisher="Agence nationale de la cohésion des territoires",
    licence="Licence Ouverte 2.0",
    url="https://www.data.gouv.fr/api/1/datasets/liste-des-structures-france-services/",
    mention="Source : ANCT, liste des structures France services",
)
_DAYS = ("h_lundi", "h_mardi", "h_mercredi", "h_jeudi", "h_vendredi", "h_samedi", "h_dimanche")


def read(raw: RawRow) -> Reading:
    """A place of France services: an organisation of that network and its site."""
    fields = Fields(raw.fields)
    key, name = fields.required("id_fs"), fields.name("lib_fs")
    point = fields.coordinates(["latitude"], ["longitude"])
    hours, problem = from_day_columns(fields.value(day) for day in _DAYS)
    if problem:
        fields.refuse("h_lundi…h_samedi", problem, blocking=False)
    phone = fields.phone("telephone")
    organisation = OrganisationRecord(key=key, name=name, networks=("france-service",), phone=phone)
    moves = fields.text("format_fs", limit=60)
    note = fields.text("commentaire", limit=440)
    if moves and moves.casefold() != "fixe":
        note = f"{moves.replace('_', ' ')}. {note}".strip()
    site = SiteRecord(
        key=key,
        organisation_key=key,
        name=name,
        address=fields.text("adresse", limit=300),
        address_more=fields.text("complement_adresse", limit=300),
        postcode=fields.postcode("code_postal"),
        city=fields.text("lib_com", limit=120),
        commune_code=fields.commune("insee_com"),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position="exact" if point else "unknown",
        phone=phone,
        email=fields.email("mail"),
        hours_osm=hours,
        hours_note=note,
        by_appointment=fields.yes("prise_rdv"),
    )
    return Reading((organisation, site), tuple(fields.problems))
