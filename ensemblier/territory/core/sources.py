"""Official open data that `territory pull` downloads: where each file stands under its service."""

from dataclasses import dataclass

GEO_API = "https://geo.api.gouv.fr"
INSEE = "https://www.insee.fr"

_FIELDS = "nom,code,codesPostaux,codeDepartement,codeRegion,codeEpci,population,surface,centre,mairie"


@dataclass(frozen=True, slots=True)
class Source:
    """One download. `service` is "geo" or "insee": its base address may be replaced (a mirror, a test)."""

    name: str
    label: str
    service: str
    path: str
    suffix: str
    credit: str


SOURCES = {
    source.name: source
    for source in (
        Source(
            "communes",
            "communes (geo.api.gouv.fr)",
            "geo",
            f"/communes?fields={_FIELDS}&format=json",
            ".json",
            "geo.api.gouv.fr (Licence Ouverte)",
        ),
        Source(
            "arrondissements-municipaux",
            "arrondissements municipaux (geo.api.gouv.fr)",
            "geo",
            f"/communes?type=arrondissement-municipal&fields={_FIELDS}&format=json",
            ".json",
            "geo.api.gouv.fr (Licence Ouverte)",
        ),
        Source(
            "zonages",
            "zonages (Insee)",
            "insee",
            "/fr/statistiques/fichier/7671844/table-appartenance-geo-communes-2026.zip",
            ".zip",
            "Insee, table d'appartenance géographique des communes 2026",
        ),
        Source(
            "mouvements",
            "mouvements de communes depuis 1943 (Insee)",
            "insee",
            "/fr/statistiques/fichier/8740222/v_mvt_commune_2026.csv",
            ".csv",
            "Insee, code officiel géographique 2026",
        ),
    )
}
"""Downloads by name, in the order in which they build on one another."""
