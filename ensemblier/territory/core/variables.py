"""Figures that the house knows by name; any other variable may be imported with its own label."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VariableSpec:
    """A variable: code, French label, unit, and whether a zone's value is the sum of its communes'."""

    code: str
    label: str
    unit: str
    adds_up: bool = True


KNOWN = {
    v.code: v
    for v in (
        VariableSpec("population", "Population municipale", "habitants"),
        VariableSpec("superficie", "Superficie", "km²"),
        VariableSpec("population_15_64", "Population de 15 à 64 ans", "personnes"),
        VariableSpec("actifs_15_64", "Actifs de 15 à 64 ans (en emploi ou au chômage)", "personnes"),
        VariableSpec("chomeurs_15_64", "Chômeurs de 15 à 64 ans (au sens du recensement)", "personnes"),
        VariableSpec("menages", "Ménages", "ménages"),
        VariableSpec("naissances", "Naissances domiciliées", "naissances"),
        VariableSpec("deces", "Décès domiciliés", "décès"),
        VariableSpec("emplois", "Emplois au lieu de travail", "emplois"),
        VariableSpec("emplois_agriculture", "Emplois dans l'agriculture", "emplois"),
        VariableSpec("emplois_industrie", "Emplois dans l'industrie", "emplois"),
        VariableSpec("emplois_construction", "Emplois dans la construction", "emplois"),
        VariableSpec("emplois_tertiaire_marchand", "Emplois du commerce, des transports et services", "emplois"),
        VariableSpec(
            "emplois_tertiaire_public", "Emplois publics, d'enseignement, de santé, d'action sociale", "emplois"
        ),
        VariableSpec("services_publics", "Lieux d'accueil de services au public", "lieux"),
        VariableSpec("medecins", "Médecins généralistes", "médecins"),
        VariableSpec("sans_diplome", "Personnes de 15 ans ou plus sans diplôme, non scolarisées", "personnes"),
        VariableSpec("non_scolarises", "Personnes de 15 ans ou plus non scolarisées", "personnes"),
        VariableSpec("menages_sans_voiture", "Ménages sans voiture", "ménages"),
        VariableSpec("niveau_vie_median", "Niveau de vie médian", "euros par an", adds_up=False),
        VariableSpec("taux_pauvrete", "Taux de pauvreté", "%", adds_up=False),
    )
}

COLUMNS = {
    "superficie_km2": ("superficie", "2024"),
    "population_2021": ("population", "2021"),
    "population_2015": ("population", "2015"),
    "menages_2021": ("menages", "2021"),
    "naissances_2022": ("naissances", "2022"),
    "deces_2022": ("deces", "2022"),
    "pop_15_64_totale_2021": ("population_15_64", "2021"),
    "pop_15_64_chomage_2021": ("chomeurs_15_64", "2021"),
    "pop_15_64_active_2021": ("actifs_15_64", "2021"),
}
"""Columns of the richer commune table that are figures: variable and period."""

CENSUS = frozenset({"population", "menages", "population_15_64", "chomeurs_15_64", "actifs_15_64"})
"""Variables of the census, not published for Mayotte: there a zero means "not known"."""
