"""The reference list of networks: stable codes, dated names, successions, strengths known of each operator.

Names and dates: loi n° 2018-771 (regional operators on 2020-01-01, Opacif and Fongecif ended), loi n° 2023-1196
(France Travail on 2024-01-01). Codes of data·inclusion: data-inclusion-schema 1.0.8; a network without one is ours.
"""

from dataclasses import dataclass
from datetime import date

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Circle

LAW_2018 = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037367660"
LAW_2023 = "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000048581935"


@dataclass(frozen=True, slots=True)
class Named:
    """A name from a day (included) to a day (excluded)."""

    name: str
    short_name: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    source_url: str = ""


@dataclass(frozen=True, slots=True)
class Reference:
    """A network of the reference list."""

    code: str
    circle: Circle
    names: tuple[Named, ...]
    operator: Operator | None = None
    data_inclusion_code: str = ""
    is_cep_only: bool = False


def _cep(code: str, operator: Operator, *names: Named, di: str = "") -> Reference:
    return Reference(code, Circle.CEP, names, operator, di, is_cep_only=not di)


def _partner(circle: Circle, code: str, name: str, short: str = "", *, di: bool = False) -> Reference:
    return Reference(code, circle, (Named(name, short),), None, code if di else "", is_cep_only=not di)


NETWORKS: tuple[Reference, ...] = (
    _cep(
        "france-travail",
        Operator.FRANCE_TRAVAIL,
        Named("Pôle emploi", valid_from=date(2008, 12, 19), valid_to=date(2024, 1, 1)),
        Named("France Travail", valid_from=date(2024, 1, 1), source_url=LAW_2023),
        di="france-travail",
    ),
    _cep("mission-locale", Operator.MISSION_LOCALE, Named("Mission locale"), di="mission-locale"),
    _cep("cap-emploi", Operator.CAP_EMPLOI, Named("Cap emploi"), di="cap-emploi-reseau-cheops"),
    _cep("apec", Operator.APEC, Named("Association pour l'emploi des cadres (Apec)", "Apec")),
    _cep(
        "operateur-regional-cep",
        Operator.REGIONAL_OPERATOR,
        Named("Opérateur régional du CEP", "Opérateur régional", valid_from=date(2020, 1, 1), source_url=LAW_2018),
    ),
    _cep("fongecif", Operator.REGIONAL_OPERATOR, Named("Fongecif", valid_to=date(2020, 1, 1), source_url=LAW_2018)),
    _cep(
        "opacif",
        Operator.REGIONAL_OPERATOR,
        Named("Opacif de branche", "Opacif", valid_to=date(2020, 1, 1), source_url=LAW_2018),
    ),
    _partner(Circle.SPRO, "cio", "Centre d'information et d'orientation", "CIO"),
    _partner(Circle.SPRO, "cite-des-metiers", "Cité des métiers"),
    _partner(Circle.SPRO, "reseau-information-jeunesse", "Information jeunesse", di=True),
    _partner(Circle.SPRO, "carif-oref", "Carif-Oref"),
    _partner(Circle.SPRO, "maisons-de-l-emploi", "Maison de l'emploi", di=True),
    _partner(Circle.SPRO, "cibc", "Centre interinstitutionnel de bilan de compétences", "CIBC"),
    _partner(Circle.SPRO, "cidff", "Centre d'information sur les droits des femmes et des familles", "CIDFF", di=True),
    _partner(Circle.SPRO, "regions", "Région", di=True),
    _partner(Circle.SPRO, "scuio", "Orientation de l'université", "SCUIO"),
    _partner(Circle.ECONOMIC, "chambres-consulaires", "Chambre consulaire", di=True),
    _partner(Circle.ECONOMIC, "opco", "Opérateur de compétences", "Opco"),
    _partner(Circle.ECONOMIC, "plie", "Plan local pour l'insertion et l'emploi", "PLIE", di=True),
    _partner(Circle.ECONOMIC, "maison-des-saisonniers", "Maison des saisonniers"),
    _partner(Circle.TRAINING, "transitions-pro", "Transitions Pro"),
    _partner(Circle.TRAINING, "afpa", "Afpa", di=True),
    _partner(Circle.TRAINING, "greta", "Greta"),
    _partner(Circle.TRAINING, "cnam", "Conservatoire national des arts et métiers", "Cnam", di=True),
    _partner(Circle.TRAINING, "point-relais-conseil-vae", "Point relais conseil en VAE"),
    _partner(Circle.HEALTH_SOCIAL, "ccas-cias", "Centre communal ou intercommunal d'action sociale", "CCAS", di=True),
    _partner(Circle.HEALTH_SOCIAL, "departements", "Département", di=True),
    _partner(Circle.HEALTH_SOCIAL, "maisons-des-solidarites", "Maison des solidarités", di=True),
    _partner(Circle.HEALTH_SOCIAL, "agefiph", "Agefiph", di=True),
    _partner(Circle.HEALTH_SOCIAL, "mdph", "Maison départementale des personnes handicapées", "MDPH", di=True),
    _partner(Circle.HEALTH_SOCIAL, "caf", "Caisse d'allocations familiales", "Caf", di=True),
    _partner(Circle.HEALTH_SOCIAL, "france-service", "France services", di=True),
)

SUCCESSIONS: tuple[tuple[str, str, date, str], ...] = (
    ("fongecif", "operateur-regional-cep", date(2020, 1, 1), "Conseil des actifs occupés (loi n° 2018-771)"),
    ("opacif", "operateur-regional-cep", date(2020, 1, 1), "Conseil des actifs occupés (loi n° 2018-771)"),
    ("fongecif", "transitions-pro", date(2020, 1, 1), "Financement des projets de transition professionnelle"),
)

STRENGTHS_SOURCE = "Carif-Oref des Pays de la Loire, lico n° 2/2015 (atelier du 16 décembre 2014)"
STRENGTHS: tuple[tuple[str, str], ...] = (
    ("mission-locale", "Un maillage serré du territoire"),
    ("mission-locale", "L'habitude de regarder toute la situation d'une personne"),
    ("mission-locale", "La capacité à mobiliser les partenaires locaux"),
    ("france-travail", "Un observatoire du marché du travail"),
    ("france-travail", "Des services d'orientation, généralistes et spécialisés"),
    ("cap-emploi", "Des parcours construits un par un"),
    ("cap-emploi", "La connaissance du marché du travail local"),
    ("cap-emploi", "L'accompagnement à l'élaboration du projet professionnel"),
    ("apec", "La connaissance des entreprises"),
    ("apec", "Un observatoire de l'emploi des cadres"),
    ("fongecif", "L'expérience du changement et de l'évolution professionnelle des salariés"),
    ("opacif", "La connaissance des parcours et des besoins d'emploi propres aux branches"),
    ("opacif", "La connaissance des réseaux de la branche"),
)
