"""Figures that the house knows by name; any other variable may be imported with its own label."""

from dataclasses import dataclass

from ensemblier.kernel.words import marked


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
        VariableSpec("population", marked("Population municipale"), marked("habitants")),
        VariableSpec("superficie", marked("Superficie"), marked("km²")),
        VariableSpec("population_15_64", marked("Population de 15 à 64 ans"), marked("personnes")),
        VariableSpec("actifs_15_64", marked("Actifs de 15 à 64 ans (en emploi ou au chômage)"), marked("personnes")),
        VariableSpec("chomeurs_15_64", marked("Chômeurs de 15 à 64 ans (au sens du recensement)"), marked("personnes")),
        VariableSpec("menages", marked("Ménages"), marked("ménages")),
        VariableSpec("naissances", marked("Naissances domiciliées"), marked("naissances")),
        VariableSpec("deces", marked("Décès domiciliés"), marked("décès")),
        VariableSpec("emplois", marked("Emplois au lieu de travail"), marked("emplois")),
        VariableSpec("emplois_agriculture", marked("Emplois dans l'agriculture"), marked("emplois")),
        VariableSpec("emplois_industrie", marked("Emplois dans l'industrie"), marked("emplois")),
        VariableSpec("emplois_construction", marked("Emplois dans la construction"), marked("emplois")),
        VariableSpec(
            "emplois_tertiaire_marchand", marked("Emplois du commerce, des transports et services"), marked("emplois")
        ),
        VariableSpec(
            "emplois_tertiaire_public",
            marked("Emplois publics, d'enseignement, de santé, d'action sociale"),
            marked("emplois"),
        ),
        VariableSpec("services_publics", marked("Lieux d'accueil de services au public"), marked("lieux")),
        VariableSpec("medecins", marked("Médecins généralistes"), marked("médecins")),
        VariableSpec(
            "sans_diplome", marked("Personnes de 15 ans ou plus sans diplôme, non scolarisées"), marked("personnes")
        ),
        VariableSpec("non_scolarises", marked("Personnes de 15 ans ou plus non scolarisées"), marked("personnes")),
        VariableSpec("menages_sans_voiture", marked("Ménages sans voiture"), marked("ménages")),
        VariableSpec("niveau_vie_median", marked("Niveau de vie médian"), marked("euros par an"), adds_up=False),
        VariableSpec("taux_pauvrete", marked("Taux de pauvreté"), "%", adds_up=False),
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
