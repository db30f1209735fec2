"""Codes of publics, needs, modes and languages in French words, and the choices of the filters."""

from django.utils.translation import gettext as _

from ensemblier.directory.core.exchange.di_codes import NEEDS
from ensemblier.directory.core.exchange.vocabularies import DI_PUBLICS, PUBLIC_DOWN

_WORDS = {
    "tous-publics": "tout le monde",
    "actifs": "personnes qui travaillent ou cherchent un travail",
    "beneficiaires-des-minimas-sociaux": "personnes qui touchent un minimum social",
    "beneficiaires-rsa": "personnes qui touchent le RSA",
    "beneficiaires-oeth": "personnes reconnues travailleurs handicapés",
    "demandeurs-emploi": "personnes qui cherchent un emploi",
    "demissionnaires": "personnes qui veulent démissionner pour un projet",
    "etudiants": "étudiants",
    "jeunes-diplomes": "jeunes diplômés",
    "jeunes-16-25": "jeunes de 16 à 25 ans",
    "independants": "indépendants",
    "interimaires": "intérimaires",
    "licencies-economiques": "personnes licenciées pour raison économique",
    "personnes-en-situation-durgence": "personnes en situation d’urgence",
    "personnes-exilees": "personnes exilées",
    "personnes-en-situation-juridique-specifique": "personnes sous main de justice",
    "residents-qpv-frr": "habitants d’un quartier prioritaire ou d’une zone rurale fragile",
    "retraites": "retraités",
    "salaries": "salariés",
    "salaries-du-prive": "salariés du privé",
    "salaries-en-cdd": "salariés en CDD",
    "en-presentiel": "sur place",
    "a-distance": "à distance",
    "fr": "français", "en": "anglais", "it": "italien", "es": "espagnol", "de": "allemand", "ar": "arabe",
    "pt": "portugais", "uk": "ukrainien", "fsl": "langue des signes française",
    "choisir-un-metier": "choisir un métier",
    "creation-d-entreprise": "création d’entreprise",
    "difficultes-financieres": "difficultés financières",
    "equipement-et-alimentation": "équipement et alimentation",
    "logement-hebergement": "logement et hébergement",
    "mobilite": "mobilité",
    "numerique": "numérique",
    "preparer-sa-candidature": "préparer sa candidature",
    "sante": "santé",
    "se-former": "se former",
    "trouver-un-emploi": "trouver un emploi",
}  # fmt: skip


def words_of(code: str) -> str:
    """A code in words: known ones as we say them, others with spaces ("logement--trouver" keeps its second part)."""
    if code in _WORDS:
        return _WORDS[code]
    return code.rpartition("--")[2].replace("-", " ")


def public_choices() -> list[tuple[str, str]]:
    """(code, words) of the publics of the directory, by words."""
    return sorted(((code, words_of(code)) for code in {*DI_PUBLICS, *PUBLIC_DOWN} - {"tous-publics"}), key=_by_words)


def need_choices() -> list[tuple[str, str]]:
    """(code, words) of the needs, by theme then words."""
    return sorted(((code, _need(code)) for code in NEEDS), key=_by_words)


def _need(code: str) -> str:
    theme, _sep, rest = code.partition("--")
    return f"{words_of(theme)} : {rest.replace('-', ' ')}" if rest else words_of(theme)


def _by_words(choice: tuple[str, str]) -> str:
    return choice[1].casefold().replace("é", "e").replace("è", "e")


def day_choices() -> list[tuple[str, str]]:
    """("0" … "6", day) from Monday."""
    days = (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))
    return [(str(number), day) for number, day in enumerate(days)]
