"""Reading any table: its columns are renamed by a saved mapping to the columns of our own CSV export, then read.

A mapping is a document (YAML or JSON):

    source: {code: cibc-ara, name: "CIBC Auvergne-Rhône-Alpes", licence: "…", url: "https://…"}
    sheet: Feuil1                     # a workbook's sheet; the first one when absent
    columns:                          # our column: theirs (several are joined by a space)
      identifiant: Code
      nom: Raison sociale
      adresse: [Numéro, Voie]
    constants: {reseau: cibc}         # the same value for every row
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ensemblier.directory.core.exchange.data_inclusion import hours
from ensemblier.directory.core.exchange.fields import Fields
from ensemblier.directory.core.exchange.hours import from_day_columns
from ensemblier.directory.core.exchange.records import (
    OrganisationRecord,
    RawRow,
    Reading,
    Record,
    SiteRecord,
    SourceInfo,
)
from ensemblier.directory.core.exchange.text import as_text
from ensemblier.kernel.errors import BadInput

SOURCE = SourceInfo("tableau", "Tableau importé")
_DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
COLUMNS = (
    "identifiant", "nom", "structure_identifiant", "structure", "reseau", "siret", "description", "adresse",
    "complement_adresse", "code_postal", "ville", "code_insee", "latitude", "longitude", "position", "telephone",
    "courriel", "site_web", "horaires", "horaires_note", "sur_rendez_vous", "accessibilite", "fiche", "date_maj",
)  # fmt: skip
TARGETS = frozenset(COLUMNS + _DAYS)


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A mapping that was checked: `columns` our column → theirs, `constants` our column → value."""

    columns: dict[str, tuple[str, ...]]
    constants: dict[str, str]
    source: SourceInfo
    sheet: str = ""


def checked(document: object) -> ColumnMapping:
    """The mapping of a document; raises BadInput with the list of what may stand there."""
    if not isinstance(document, Mapping) or not isinstance(document.get("columns"), Mapping):
        raise BadInput("La correspondance doit contenir « columns: » (nos colonnes → les vôtres).", field="columns")
    constants = document.get("constants") or {}
    if not isinstance(constants, Mapping):
        raise BadInput("« constants: » doit être une liste de « colonne: valeur ».", field="constants")
    unknown = sorted(str(name) for name in {*document["columns"], *constants} - TARGETS)
    if unknown:
        known = ", ".join(sorted(TARGETS))
        raise BadInput(
            "Colonnes inconnues : %(names)s. Colonnes possibles : %(known)s.",
            values={"names": ", ".join(unknown), "known": known},
            field=unknown[0],
        )
    columns = {
        str(ours): tuple(str(one) for one in (theirs if isinstance(theirs, list) else [theirs]))
        for ours, theirs in document["columns"].items()
    }
    for needed in ("identifiant", "nom"):
        if needed not in columns and needed not in constants:
            raise BadInput("Dites quelle colonne donne « %(needed)s ».", values={"needed": needed}, field=needed)
    return ColumnMapping(
        columns=columns,
        constants={str(ours): as_text(value) for ours, value in constants.items()},
        source=_source(document.get("source")),
        sheet=as_text(document.get("sheet")),
    )


def _source(document: object) -> SourceInfo:
    if not isinstance(document, Mapping) or not as_text(document.get("code")).strip():
        raise BadInput("Dites d'où vient le tableau : « source: {code: …, name: …} ».", field="source")
    code = as_text(document.get("code")).strip()
    if not code.replace("-", "").replace("_", "").isalnum() or not code.isascii() or len(code) > 80:
        raise BadInput("Le code de la source : lettres sans accent, chiffres et tirets.", field="source.code")
    fields = Fields(document)
    source = SourceInfo(
        code=code,
        name=fields.text("name", limit=200) or code,
        publisher=fields.text("publisher", limit=200),
        licence=fields.text("licence", limit=120),
        url=fields.url("url"),
        mention=fields.text("mention", limit=1000),
        is_fictitious=fields.yes("fictitious") or False,
    )
    if fields.problems:
        raise BadInput(fields.problems[0].reason, field=f"source.{fields.problems[0].field}")
    return source


def renamed(raw: RawRow, mapping: ColumnMapping) -> RawRow:
    """The row under our column names."""
    values: dict[str, object] = dict(mapping.constants)
    for ours, theirs in mapping.columns.items():
        if len(theirs) == 1:
            values[ours] = raw.fields.get(theirs[0])
        else:
            texts = (as_text(raw.fields.get(column)).strip() for column in theirs)
            values[ours] = " ".join(text for text in texts if text)
    return RawRow(raw.number, values, raw.sheet, raw.flaw)


def unguarded(value: object) -> object:
    """A cell without the apostrophe that our CSV exports put before what a spreadsheet would run."""
    if isinstance(value, str) and value[:1] == "'" and value[1:2] in {"=", "+", "-", "@", "\t", "\r", "'"}:
        return value[1:]
    return value


def _hours(fields: Fields) -> str:
    if any(fields.value(day) is not None for day in _DAYS):
        osm, problem = from_day_columns(fields.value(day) for day in _DAYS)
        if problem:
            fields.refuse("lundi…dimanche", problem, blocking=False)
        return osm
    return hours(fields, "horaires")


def _site(fields: Fields, key: str, organisation_key: str, name: str) -> SiteRecord:
    point = fields.coordinates(["latitude"], ["longitude"])
    said = fields.text("position", limit=20)
    position = said if said in {"exact", "commune_centre", "estimated"} else "exact"
    return SiteRecord(
        key=key,
        organisation_key=organisation_key,
        name=name,
        address=fields.text("adresse", limit=300),
        address_more=fields.text("complement_adresse", limit=300),
        postcode=fields.postcode("code_postal"),
        city=fields.text("ville", limit=120),
        commune_code=fields.commune("code_insee"),
        lat=point[0] if point else None,
        lon=point[1] if point else None,
        position=position if point else "unknown",
        phone=fields.phone("telephone"),
        email=fields.email("courriel"),
        website=fields.url("site_web"),
        accessibility=fields.text("accessibilite", limit=500),
        hours_osm=_hours(fields),
        hours_note=fields.text("horaires_note", limit=500),
        by_appointment=fields.yes("sur_rendez_vous"),
        siret=fields.siret("siret"),
        description=fields.text("description"),
        source_url=fields.url("fiche"),
        updated_on=fields.day("date_maj"),
    )


def read(raw: RawRow) -> Reading:
    """A row under our columns: an organisation, and its site when a place is given."""
    fields = Fields({name: unguarded(value) for name, value in raw.fields.items()})
    key, name = fields.required("identifiant", limit=255), fields.name("nom")
    organisation_key = fields.text("structure_identifiant", limit=255) or key
    site = _site(fields, key, organisation_key, name)
    organisation = OrganisationRecord(
        key=organisation_key,
        name=fields.text("structure", limit=255) or name,
        networks=fields.codes("reseau"),
        siret=site.siret,
        description=site.description,
        website=site.website,
        phone=site.phone,
        email=site.email,
        source_url=site.source_url,
        updated_on=site.updated_on,
    )
    has_place = bool(site.address or site.commune_code or site.city or site.lat is not None)
    records: tuple[Record, ...] = (organisation, site) if has_place else (organisation,)
    return Reading(records, tuple(fields.problems))
