"""Fields that people may correct, and how each is read. One list for forms, suggestions and programs."""

from collections.abc import Callable

from ensemblier.directory.core.hours import parse_hours
from ensemblier.directory.core.text import clean_email, clean_line, clean_name, clean_phone, clean_text, clean_url
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.identifiers import is_postcode, is_siren, is_siret
from ensemblier.kernel.words import marked

Value = str | int | bool | None
Cleaner = Callable[[str], Value]


def _line(field: str, limit: int = 255) -> Cleaner:
    return lambda text: clean_line(text, field=field, limit=limit)


def _text(field: str) -> Cleaner:
    return lambda text: clean_text(text, field=field)


def _postcode(text: str) -> str:
    code = clean_line(text, field="postcode", limit=20).replace(" ", "")
    if code and not is_postcode(code):
        raise BadInput(
            "« %(typed)s » n'est pas un code postal : il faut 5 chiffres.",
            field="postcode",
            values={"typed": code[:20]},
        )
    return code


def _siren(text: str) -> str:
    number = clean_line(text, field="siren", limit=30).replace(" ", "")
    if number and not is_siren(number):
        raise BadInput(
            "« %(typed)s » n'est pas un SIREN : 9 chiffres avec une clé juste.",
            field="siren",
            values={"typed": number[:20]},
        )
    return number


def _siret(text: str) -> str:
    number = clean_line(text, field="siret", limit=30).replace(" ", "")
    if number and not is_siret(number):
        raise BadInput(
            "« %(typed)s » n'est pas un SIRET : 14 chiffres avec une clé juste.",
            field="siret",
            values={"typed": number[:20]},
        )
    return number


def _days(text: str) -> int | None:
    typed = clean_line(text, field="first_appointment_days", limit=10)
    if not typed:
        return None
    if not (typed.isascii() and typed.isdigit() and int(typed) <= 730):
        raise BadInput("Donnez le délai en jours, entre 0 et 730.", field="first_appointment_days")
    return int(typed)


_REACH: dict[str, Cleaner] = {"phone": clean_phone, "email": clean_email}
_NAMED: dict[str, Cleaner] = {"name": clean_name}

FIELDS: dict[str, dict[str, Cleaner]] = {
    "organisation": _NAMED
    | _REACH
    | {
        "acronym": _line("acronym", 40),
        "siren": _siren,
        "siret": _siret,
        "description": _text("description"),
        "website": clean_url,
    },
    "site": _NAMED
    | _REACH
    | {
        "address": _line("address", 300),
        "address_more": _line("address_more", 300),
        "postcode": _postcode,
        "city": _line("city", 120),
        "siret": _siret,
        "website": clean_url,
        "hours_osm": parse_hours,
        "hours_note": _line("hours_note", 500),
        "accessibility": _line("accessibility", 500),
        "description": _text("description"),
        "first_appointment_days": _days,
    },
    "offer": _NAMED
    | _REACH
    | {
        "description": _text("description"),
        "conditions": _text("conditions"),
        "publics_note": _text("publics_note"),
        "fee_note": _text("fee_note"),
        "mobilisation_note": _text("mobilisation_note"),
        "mobilisation_url": lambda text: clean_url(text, field="mobilisation_url"),
        "accessibility": _line("accessibility", 500),
        "hours_osm": parse_hours,
        "contact_name": _line("contact_name", 200),
        "first_appointment_days": _days,
    },
    "contact": _NAMED | _REACH | {"role": _line("role", 200), "availability": _line("availability", 200)},
}
"""Kind of row → field → what reads the text that was typed. A field that is not here is changed by its own verb."""

LABELS = {
    "name": marked("nom"),
    "phone": marked("téléphone"),
    "email": marked("courriel"),
    "acronym": marked("sigle"),
    "siren": marked("SIREN"),
    "siret": marked("SIRET"),
    "description": marked("présentation"),
    "website": marked("site internet"),
    "address": marked("adresse"),
    "address_more": marked("complément d'adresse"),
    "postcode": marked("code postal"),
    "city": marked("ville"),
    "hours_osm": marked("horaires"),
    "hours_note": marked("précision sur les horaires"),
    "accessibility": marked("accessibilité"),
    "first_appointment_days": marked("délai d'un premier rendez-vous (jours)"),
    "conditions": marked("conditions d'accès"),
    "publics_note": marked("précisions sur les publics"),
    "fee_note": marked("précisions sur les frais"),
    "mobilisation_note": marked("précisions sur la mobilisation"),
    "mobilisation_url": marked("lien de mobilisation"),
    "contact_name": marked("nom du contact"),
    "role": marked("fonction"),
    "availability": marked("quand l'appeler"),
    "valid_to": marked("fermeture de la fiche"),
    "strength": marked("ce qui se fait de particulier"),
    "source_name": marked("source"),
    "reviewed_on": marked("date de relecture"),
    "network": marked("réseau"),
    "perimeter": marked("périmètre"),
    "exception": marked("jour particulier"),
    "member": marked("membre"),
    "lot": marked("lot"),
}


def read_field(kind: str, field: str, text: str) -> Value:
    """The value of a field from what was typed. Raises BadInput."""
    cleaner = FIELDS.get(kind, {}).get(field)
    if cleaner is None:
        raise BadInput("Ce champ ne se corrige pas ici.", field=field)
    return cleaner(text)


def read_fields(kind: str, typed: dict[str, str]) -> dict[str, Value]:
    """The values of several fields. Raises BadInput at the first that cannot be read."""
    return {field: read_field(kind, field, text) for field, text in typed.items()}
