"""Words shared with the inclusion world (data·inclusion schema v1), and what the CEP adds to them.

The CEP knows networks and publics that data·inclusion does not: they travel in an extension (`EXTENSION`) and are
mapped down to the nearest word of the schema, so that every exported row stays valid.
"""

EXTENSION = "ensemblier_cep"

DI_PUBLICS = frozenset(
    {
        "tous-publics", "actifs", "beneficiaires-des-minimas-sociaux", "demandeurs-emploi", "etudiants", "familles",
        "femmes", "jeunes", "personnes-en-situation-de-handicap", "personnes-en-situation-durgence",
        "personnes-en-situation-juridique-specifique", "personnes-exilees", "residents-qpv-frr", "seniors",
    }
)  # fmt: skip

# A public of the CEP → the nearest public of data·inclusion. Unknown ones fall on "tous-publics", never narrowed.
PUBLIC_DOWN = {
    "salaries": "actifs",
    "salaries-du-prive": "actifs",
    "cadres": "actifs",
    "jeunes-diplomes": "jeunes",
    "independants": "actifs",
    "agents-publics": "actifs",
    "alternants": "actifs",
    "interimaires": "actifs",
    "demissionnaires": "actifs",
    "salaries-en-cdd": "actifs",
    "licencies-economiques": "demandeurs-emploi",
    "beneficiaires-oeth": "personnes-en-situation-de-handicap",
    "beneficiaires-rsa": "beneficiaires-des-minimas-sociaux",
    "jeunes-16-25": "jeunes",
    "proches-aidants": "familles",
    "retraites": "seniors",
}

DI_KINDS = frozenset({"accompagnement", "aide-financiere", "aide-materielle", "atelier", "formation", "information"})
DI_FEES = frozenset({"gratuit", "payant"})
DI_MODES = frozenset({"a-distance", "en-presentiel"})
DI_MOBILISATION = frozenset({"envoyer-un-courriel", "se-presenter", "telephoner", "utiliser-lien-mobilisation"})
DI_MOBILISABLE_BY = frozenset({"usagers", "professionnels"})


def publics_down(publics: tuple[str, ...]) -> tuple[str, ...]:
    """Publics of data·inclusion for ours: sorted; everybody when one of them cannot be said, or when none is given."""
    if not publics:
        return ("tous-publics",)
    found = {public if public in DI_PUBLICS else PUBLIC_DOWN.get(public, "tous-publics") for public in publics}
    return ("tous-publics",) if "tous-publics" in found else tuple(sorted(found))
