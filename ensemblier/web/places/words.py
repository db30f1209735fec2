"""Codes of publics, needs, modes and languages in French words, and the choices of the filters."""

from django.utils.translation import gettext as _

from ensemblier.directory.core.exchange.di_codes import NEEDS
from ensemblier.directory.core.exchange.vocabularies import DI_PUBLICS, PUBLIC_DOWN
from ensemblier.kernel.words import marked

_WORDS = {
    "tous-publics": marked("tout le monde"),
    "actifs": marked("personnes qui travaillent ou cherchent un travail"),
    "beneficiaires-des-minimas-sociaux": marked("personnes qui touchent un minimum social"),
    "beneficiaires-rsa": marked("personnes qui touchent le RSA"),
    "beneficiaires-oeth": marked("personnes reconnues travailleurs handicapés"),
    "demandeurs-emploi": marked("personnes qui cherchent un emploi"),
    "demissionnaires": marked("personnes qui veulent démissionner pour un projet"),
    "etudiants": marked("étudiants"),
    "jeunes-diplomes": marked("jeunes diplômés"),
    "jeunes-16-25": marked("jeunes de 16 à 25 ans"),
    "independants": marked("indépendants"),
    "interimaires": marked("intérimaires"),
    "licencies-economiques": marked("personnes licenciées pour raison économique"),
    "personnes-en-situation-durgence": marked("personnes en situation d’urgence"),
    "personnes-exilees": marked("personnes exilées"),
    "personnes-en-situation-juridique-specifique": marked("personnes sous main de justice"),
    "residents-qpv-frr": marked("habitants d’un quartier prioritaire ou d’une zone rurale fragile"),
    "retraites": marked("retraités"),
    "salaries": marked("salariés"),
    "salaries-du-prive": marked("salariés du privé"),
    "salaries-en-cdd": marked("salariés en CDD"),
    "en-presentiel": marked("sur place"),
    "a-distance": marked("à distance"),
    "fr": marked("français"),
    "en": marked("anglais"),
    "it": marked("italien"),
    "es": marked("espagnol"),
    "de": marked("allemand"),
    "ar": marked("arabe"),
    "pt": marked("portugais"),
    "uk": marked("ukrainien"),
    "fsl": marked("langue des signes française"),
    "choisir-un-metier": marked("choisir un métier"),
    "creation-d-entreprise": marked("création d’entreprise"),
    "difficultes-financieres": marked("difficultés financières"),
    "equipement-et-alimentation": marked("équipement et alimentation"),
    "logement-hebergement": marked("logement et hébergement"),
    "mobilite": marked("mobilité"),
    "numerique": marked("numérique"),
    "preparer-sa-candidature": marked("préparer sa candidature"),
    "sante": marked("santé"),
    "se-former": marked("se former"),
    "trouver-un-emploi": marked("trouver un emploi"),
}

LANGUAGES = ("fr", "en", "it", "es", "de", "ar", "pt", "uk", "fsl")


def words_of(code: str) -> str:
    """A code in words: known ones as we say them, others with spaces ("logement--trouver" keeps its second part)."""
    if code in _WORDS:
        return _(_WORDS[code])
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


def language_choices() -> list[tuple[str, str]]:
    """(code, words) of the languages in which one is received."""
    return sorted(((code, words_of(code)) for code in LANGUAGES), key=_by_words)


def day_choices() -> list[tuple[str, str]]:
    """("0" … "6", day) from Monday."""
    days = (_("lundi"), _("mardi"), _("mercredi"), _("jeudi"), _("vendredi"), _("samedi"), _("dimanche"))
    return [(str(number), day) for number, day in enumerate(days)]
