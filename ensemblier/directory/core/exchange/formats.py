"""The formats that can be imported, and how one is recognised from the columns of a file."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ensemblier.directory.core.exchange import data_inclusion, dila, france_services, networks, tables
from ensemblier.directory.core.exchange.records import RawRow, Reading, SourceInfo
from ensemblier.kernel.errors import BadInput


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its code on the command line, what it is, the columns that betray it, its reader, its usual source."""

    code: str
    label: str
    columns: frozenset[str]
    read: Callable[[RawRow], Reading]
    source: SourceInfo


DATA_INCLUSION = SourceInfo("data-inclusion", "data·inclusion", "GIP Plateforme de l'inclusion", "Licence Ouverte 2.0")

# The most particular first: the first whose columns are all there is the one.
FORMATS: tuple[Format, ...] = (
    Format("dila", "Annuaire DILA (guichets)", frozenset({"id", "nom", "pivot"}), dila.read, dila.SOURCE),
    Format(
        "dila-competence",
        "DILA, compétence géographique",
        frozenset({"code_insee_commune", "id_service_local"}),
        dila.read_competence,
        dila.SOURCE,
    ),
    Format(
        "france-services",
        "France services",
        frozenset({"id_fs", "lib_fs"}),
        france_services.read,
        france_services.SOURCE,
    ),
    Format(
        "france-travail",
        "Agences France Travail",
        frozenset({"id", "type_site", "nom", "code_insee"}),
        networks.read_france_travail,
        networks.FRANCE_TRAVAIL,
    ),
    Format(
        "missions-locales",
        "Référentiel des Missions locales",
        frozenset({"id", "nom_officiel", "nom_usuel", "code_departement"}),
        networks.read_missions_locales,
        networks.MISSIONS_LOCALES,
    ),
    Format(
        "operateurs",
        "Missions locales et Cap emploi",
        frozenset({"id", "reseau", "nom", "code_insee"}),
        networks.read_operators,
        networks.OPERATORS,
    ),
    Format(
        "transitions-pro",
        "Transitions Pro par département",
        frozenset({"departement", "address", "website"}),
        networks.read_transitions_pro,
        networks.TRANSITIONS_PRO,
    ),
    Format(
        "portails-cep",
        "Portails régionaux du CEP",
        frozenset({"region", "region_nom", "portail_cep_actifs_occupes"}),
        networks.read_portals,
        networks.PORTALS,
    ),
    Format(
        "data-inclusion",
        "data·inclusion v1",
        frozenset({"id", "structure_id", "nom"}),
        data_inclusion.read,
        DATA_INCLUSION,
    ),
    Format("data-inclusion", "data·inclusion v1", frozenset({"id", "nom"}), data_inclusion.read, DATA_INCLUSION),
    Format("tableau", "Tableau d'Ensemblier", frozenset({"identifiant", "nom"}), tables.read, tables.SOURCE),
)
CODES = tuple(dict.fromkeys(one.code for one in FORMATS))


def by_code(code: str) -> Format:
    """The format of that code; raises BadInput with the list of codes."""
    for one in FORMATS:
        if one.code == code:
            return one
    raise BadInput(
        "Format « %(code)s » inconnu. Formats : auto, %(names)s.",
        values={"code": code, "names": ", ".join(CODES)},
        field="format",
    )


def recognise(columns: Iterable[str]) -> Format:
    """The format whose columns are all there; raises BadInput when none is."""
    found = set(columns)
    for one in FORMATS:
        if one.columns <= found:
            return one
    shown = ", ".join(sorted(found)[:12]) or "aucune"
    raise BadInput(
        "Format non reconnu (colonnes : %(shown)s). Choisissez --format, ou décrivez vos colonnes avec --mapping.",
        values={"shown": shown},
        field="format",
    )
