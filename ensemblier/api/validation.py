"""The refusals of pydantic in our words: French in the source, in the language of the request when said."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from ensemblier.kernel.words import marked

_SENTENCES: dict[str, str] = {
    "missing": marked("Ce champ est nécessaire."),
    "extra_forbidden": marked("Ce champ n'existe pas ici."),
    "string_type": marked("Un texte est attendu."),
    "string_too_short": marked("%(min_length)s caractères au moins."),
    "string_too_long": marked("%(max_length)s caractères au plus."),
    "string_pattern_mismatch": marked("La forme attendue est %(pattern)s."),
    "int_type": marked("Un nombre entier est attendu."),
    "int_parsing": marked("Un nombre entier est attendu."),
    "int_parsing_size": marked("Ce nombre est trop grand."),
    "int_from_float": marked("Un nombre entier est attendu."),
    "float_type": marked("Un nombre est attendu."),
    "float_parsing": marked("Un nombre est attendu."),
    "finite_number": marked("Un nombre fini est attendu."),
    "greater_than_equal": marked("%(ge)s au moins."),
    "greater_than": marked("Plus de %(gt)s."),
    "less_than_equal": marked("%(le)s au plus."),
    "less_than": marked("Moins de %(lt)s."),
    "bool_type": marked("Vrai ou faux (true, false) est attendu."),
    "bool_parsing": marked("Vrai ou faux (true, false) est attendu."),
    "date_type": marked("Une date AAAA-MM-JJ est attendue."),
    "date_parsing": marked("Une date AAAA-MM-JJ est attendue."),
    "date_from_datetime_parsing": marked("Une date AAAA-MM-JJ est attendue."),
    "date_from_datetime_inexact": marked("Une date sans heure est attendue."),
    "datetime_parsing": marked("Une date et une heure sont attendues (AAAA-MM-JJTHH:MM)."),
    "enum": marked("L'une de ces valeurs est attendue : %(expected)s."),
    "literal_error": marked("L'une de ces valeurs est attendue : %(expected)s."),
    "list_type": marked("Une liste est attendue."),
    "dict_type": marked("Un objet est attendu."),
    "model_type": marked("Un objet est attendu."),
    "model_attributes_type": marked("Un objet est attendu."),
    "too_long": marked("%(max_length)s éléments au plus."),
    "too_short": marked("%(min_length)s éléments au moins."),
    "uuid_type": marked("Un identifiant (UUID) est attendu."),
    "uuid_parsing": marked("Un identifiant (UUID) est attendu."),
    "value_error": marked("%(error)s."),
}


def in_our_words(item: Mapping[str, Any]) -> str:
    """The sentence of one error of pydantic, in the language of the request; its own when it is one we never met."""
    sentence = _SENTENCES.get(str(item.get("type", "")))
    values = {key: str(value) for key, value in dict(item.get("ctx") or {}).items()}
    try:
        return gettext(sentence) % values if sentence else str(item["msg"])
    except KeyError:
        return str(item["msg"])
