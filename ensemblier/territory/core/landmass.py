"""Which land a commune lies on: between two of them a car needs a boat or a plane, and the model says nothing.

Codes of the code officiel géographique. Islands: members of the Îles du Ponant without a fixed link, islands of
Guadeloupe, Mayotte and the overseas collectivities. Inner Guyane: communes that no road reaches.
"""

from ensemblier.territory.core.geo import Point

MAINLAND = "hexagone"

_ISLANDS = {
    "17004": "île d'Aix",
    "22016": "Bréhat",
    "29082": "île de Batz",
    "29083": "île de Sein",
    "29084": "île Molène",
    "29155": "Ouessant",
    "56009": "Belle-Île",
    "56114": "Belle-Île",
    "56152": "Belle-Île",
    "56241": "Belle-Île",
    "56069": "Groix",
    "56085": "Hœdic",
    "56086": "Houat",
    "56087": "Île-aux-Moines",
    "56088": "Île-d'Arz",
    "85113": "île d'Yeu",
    "97108": "Marie-Galante",
    "97112": "Marie-Galante",
    "97126": "Marie-Galante",
    "97110": "La Désirade",
    "97130": "Terre-de-Bas",
    "97131": "Terre-de-Haut",
    "97608": "Petite-Terre",
    "97615": "Petite-Terre",
    "98814": "Lifou",
    "98815": "Maré",
    "98820": "Ouvéa",
    "98809": "île des Pins",
    "98803": "Bélep",
    # inner Guyane
    "97301": "97301",
    "97314": "97314",
    "97352": "97352",
    "97353": "97353",
    "97356": "97356",
    "97357": "97357",
    "97362": "97362",
}
_CORSICA = ("2A", "2B")
_BY_COMMUNE = ("975", "984", "986", "987", "989")  # archipelagos: each commune is taken for an island of its own
_BY_DEPARTEMENT = ("971", "972", "973", "974", "976", "977", "978", "988")

_BOXES = (  # land, south, north, west, east: for a point whose commune is not known
    ("Corse", 41.3, 43.1, 8.4, 9.7),
    ("Ouessant", 48.42, 48.49, -5.16, -5.02),
    ("île Molène", 48.38, 48.41, -4.98, -4.93),
    ("île de Sein", 48.02, 48.05, -4.89, -4.83),
    ("Groix", 47.61, 47.66, -3.52, -3.41),
    ("Belle-Île", 47.27, 47.39, -3.27, -3.05),
    ("Houat", 47.37, 47.41, -3.00, -2.93),
    ("Hœdic", 47.32, 47.35, -2.90, -2.85),
    ("île d'Yeu", 46.68, 46.74, -2.41, -2.27),
    (MAINLAND, 41.3, 51.2, -5.3, 9.7),
    ("Marie-Galante", 15.86, 16.02, -61.34, -61.18),
    ("La Désirade", 16.28, 16.35, -61.11, -60.98),
    ("971", 15.8, 16.55, -61.85, -61.12),
    ("972", 14.3, 14.95, -61.3, -60.75),
    ("973", 2.0, 5.9, -54.7, -51.5),
    ("974", -21.45, -20.8, 55.15, 55.9),
    ("Petite-Terre", -12.82, -12.75, 45.25, 45.32),
    ("976", -13.05, -12.6, 45.0, 45.24),
)


def landmass_of(code: str, point: Point | None = None) -> str:
    """The land of an Insee commune code, or of a bare point when the code is ""; "" when it cannot be told."""
    if code:
        return _ISLANDS.get(code) or _of_departement(code)
    if point is not None:
        for land, south, north, west, east in _BOXES:
            if south <= point.lat <= north and west <= point.lon <= east:
                return land
    return ""


def _of_departement(code: str) -> str:
    if code.startswith(_BY_COMMUNE):
        return code
    if code.startswith(_BY_DEPARTEMENT):
        return code[:3]
    if code.startswith(_CORSICA):
        return "Corse"
    return MAINLAND
