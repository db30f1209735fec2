"""Reading the fields of a row one by one, keeping account of every problem met."""

import math
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from urllib.parse import urlsplit

from ensemblier.directory.core.exchange import phones
from ensemblier.directory.core.exchange.records import Problem
from ensemblier.directory.core.exchange.text import as_text, danger_in, look_alike_in, tidy
from ensemblier.kernel.identifiers import is_commune_code, is_siret
from ensemblier.kernel.words import Sentence

LONGEST = 10_000
_EMAIL = re.compile(
    r"^[^@\s<>\"',;:()\[\]\\]+@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}$"
)
_HOST = re.compile(r"^[\w-]+(?:\.[\w-]+)*\.[^\W\d_]{2,}\.?$")
_SLASHED_DAY = re.compile(r"^(\d{1,2})/(\d{1,2})/(\d{4})")
_SEPARATORS = re.compile(r"[,;|\n]")


class Fields:
    """A row being read: each method takes the name(s) of a field, the first that is filled wins, and never raises.

    `problems` gathers what went wrong, in the order of reading.
    """

    def __init__(self, raw: Mapping[str, object]) -> None:
        self.raw = raw
        self.problems: list[Problem] = []

    def refuse(self, name: str, reason: str, value: object = "", *, blocking: bool = True) -> None:
        """Note a problem on the field `name`."""
        self.problems.append(Problem(name, reason, as_text(value)[:120], blocking))

    def value(self, *names: str) -> object:
        """The raw value of the first filled field."""
        for name in names:
            value = self.raw.get(name)
            if value is not None and value != "":
                return value
        return None

    def text(self, *names: str, limit: int = LONGEST) -> str:
        """A harmless text of at most `limit` characters, "" when absent. Dangerous ones set the row aside."""
        value = self.value(*names)
        if value is None:
            return ""
        if isinstance(value, list | dict):
            self.refuse(names[0], Sentence("Un texte est attendu, le fichier donne une liste ou un objet."), value)
            return ""
        return self._harmless(names[0], as_text(value), limit)

    def _harmless(self, name: str, text: str, limit: int) -> str:
        if len(text) > 4 * LONGEST:
            self.refuse(
                name,
                Sentence(
                    "Texte de %(count)s caractères : %(limit)s au plus.", count=f"{len(text):n}", limit=f"{limit:n}"
                ),
                text[:120],
            )
            return ""
        text = tidy(text)
        if reason := danger_in(text):
            self.refuse(name, reason, text)
            return ""
        if len(text) > limit:
            self.refuse(
                name,
                Sentence("Texte de %(count)s caractères, coupé à %(limit)s.", count=len(text), limit=limit),
                text,
                blocking=False,
            )
            return text[:limit].rstrip()
        return text

    def required(self, *names: str, limit: int = 255) -> str:
        """A text without which the row cannot be kept."""
        before = len(self.problems)
        text = self.text(*names, limit=limit)
        if not text and len(self.problems) == before:
            self.refuse(names[0], Sentence("Champ obligatoire vide : remplissez-le puis réimportez la ligne."))
        return text

    def name(self, *names: str) -> str:
        """A name of 2 to 255 characters, on one line, without look-alike letters."""
        text = " ".join(self.required(*names, limit=255).split())
        if text and not any(character.isalnum() for character in text):
            self.refuse(names[0], Sentence("Le nom ne contient aucune lettre."), text)
        if word := look_alike_in(text):
            self.refuse(
                names[0],
                Sentence("Le mot « %(word)s » mélange des alphabets qui se ressemblent : retapez-le.", word=word),
                text,
            )
        return text

    def email(self, *names: str) -> str:
        """An e-mail address, lower-cased domain; an unreadable one is left out."""
        text = self.text(*names, limit=254).removeprefix("mailto:")
        if not text:
            return ""
        if not _EMAIL.match(text):
            self.refuse(names[0], Sentence("Adresse électronique illisible, laissée de côté."), text, blocking=False)
            return ""
        local, _, domain = text.rpartition("@")
        return f"{local}@{domain.lower()}"

    def phone(self, *names: str) -> str:
        """A telephone number as it is written in France; an unreadable one is left out."""
        text = self.text(*names, limit=120)
        number = phones.readable(text)
        if text and not number:
            self.refuse(names[0], Sentence("Numéro de téléphone illisible, laissé de côté."), text, blocking=False)
        return number

    def url(self, *names: str) -> str:
        """A web address (http or https). A link that would run code sets the row aside; a broken one is left out."""
        text = self.text(*names, limit=2000)
        if not text or text.lower() in {"http://", "https://", "n/a", "-"}:
            return ""
        scheme = text.split(":", 1)[0].lower() if re.match(r"^[A-Za-z][\w+.-]*:(?!\d)", text) else ""
        if scheme and scheme not in {"http", "https"}:
            self.refuse(
                names[0],
                Sentence("Lien « %(scheme)s: » interdit : donnez une adresse en https://.", scheme=scheme),
                text,
            )
            return ""
        address = web_address(text)
        if not address:
            self.refuse(names[0], Sentence("Adresse de site illisible, laissée de côté."), text, blocking=False)
        return address

    def siret(self, *names: str) -> str:
        """A SIRET with a right key; a wrong one is left out."""
        text = re.sub(r"[\s.]", "", self.text(*names, limit=40))
        if text and not is_siret(text):
            self.refuse(
                names[0], Sentence("SIRET faux (14 chiffres et une clé), laissé de côté."), text, blocking=False
            )
            return ""
        return text

    def postcode(self, *names: str) -> str:
        """A postcode of 5 digits, its lost leading zero restored."""
        text = self.text(*names, limit=20).replace(" ", "")
        if text.isascii() and text.isdigit() and len(text) == 4:
            text = f"0{text}"
        if text and not (text.isascii() and text.isdigit() and len(text) == 5):
            self.refuse(names[0], Sentence("Code postal illisible (5 chiffres), laissé de côté."), text, blocking=False)
            return ""
        return text

    def commune(self, *names: str) -> str:
        """An Insee commune code, its lost leading zero restored; another form sets the row aside."""
        text = self.text(*names, limit=20).upper()
        if text.isascii() and text.isdigit() and len(text) == 4:
            text = f"0{text}"
        if text and not is_commune_code(text):
            self.refuse(
                names[0], Sentence("Ce n'est pas un code Insee de commune (5 caractères, par exemple 38185)."), text
            )
            return ""
        return text

    def number(self, *names: str, blocking: bool = True) -> float | None:
        """A finite number, decimal comma accepted; anything else is refused (`blocking`: with its whole row)."""
        value = self.value(*names)
        text = as_text(value).strip().replace("\u202f", "").replace(",", ".")
        if value is None or not text:
            return None
        try:
            number = (
                float(text) if not isinstance(value, list | dict) and text.isascii() and len(text) < 40 else math.nan
            )
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self.refuse(
                names[0], Sentence("Ce n'est pas un nombre : corrigez ou videz la case."), text, blocking=blocking
            )
            return None
        return number

    def coordinates(self, lat_names: Iterable[str], lon_names: Iterable[str]) -> tuple[float, float] | None:
        """(latitude, longitude) in degrees, None when both are empty; a half, NaN or a place off Earth is refused."""
        lat_name, lon_name = (tuple(lat_names), tuple(lon_names))
        before = len(self.problems)
        lat, lon = self.number(*lat_name), self.number(*lon_name)
        if len(self.problems) > before or (lat is None and lon is None):
            return None
        if lat is None or lon is None:
            missing = lat_name[0] if lat is None else lon_name[0]
            self.refuse(missing, Sentence("Il manque la moitié des coordonnées : donnez les deux ou aucune."))
            return None
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            self.refuse(
                lat_name[0], Sentence("Coordonnées hors du globe : attendu des degrés (WGS 84)."), f"{lat}, {lon}"
            )
            return None
        if lat == 0 and lon == 0:
            self.refuse(lat_name[0], Sentence("Coordonnées 0, 0 (océan) : prises pour une absence."), blocking=False)
            return None
        return (round(lat, 7), round(lon, 7))

    def day(self, *names: str) -> date | None:
        """A date, ISO or French (jj/mm/aaaa); an impossible one sets the row aside."""
        value = self.value(*names)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = self.text(*names, limit=40)
        if not text:
            return None
        try:
            if match := _SLASHED_DAY.match(text):
                return date(int(match[3]), int(match[2]), int(match[1]))
            return date.fromisoformat(text[:10])
        except ValueError:
            self.refuse(names[0], Sentence("Date impossible : attendu AAAA-MM-JJ ou JJ/MM/AAAA."), text)
            return None

    def codes(self, *names: str, limit: int = 400) -> tuple[str, ...]:
        """A list of short codes, from a JSON list or a text with commas; sorted, without repetition."""
        value = self.value(*names)
        if value is None:
            return ()
        parts = value if isinstance(value, list | tuple | set) else _SEPARATORS.split(as_text(value)[: 4 * LONGEST])
        if len(parts) > limit:
            self.refuse(
                names[0], Sentence("Liste de %(count)s valeurs : %(limit)s au plus.", count=len(parts), limit=limit)
            )
            return ()
        found = {text for part in parts if (text := self._harmless(names[0], as_text(part), 120))}
        return tuple(sorted(found))

    def known(self, allowed: frozenset[str], *names: str) -> tuple[str, ...]:
        """A list of codes of a closed vocabulary; unknown ones are left out and said."""
        found = self.codes(*names)
        for code in found:
            if code not in allowed:
                self.refuse(
                    names[0],
                    Sentence("Valeur inconnue « %(code)s », laissée de côté.", code=code),
                    code,
                    blocking=False,
                )
        return tuple(code for code in found if code in allowed)

    def yes(self, *names: str) -> bool | None:
        """Yes, no or unknown."""
        text = self.text(*names, limit=20).casefold()
        if text in {"oui", "o", "true", "vrai", "1", "yes"}:
            return True
        return False if text in {"non", "n", "false", "faux", "0", "no"} else None


def web_address(text: str) -> str:
    """The address with its scheme ("https://" when it had none), or "" when it is not an address of the web."""
    address = text if re.match(r"^https?://", text, re.IGNORECASE) else f"https://{text.lstrip('/')}"
    if any(character.isspace() or character in '<>"\\^`{|}' for character in address):
        return ""
    try:
        parts = urlsplit(address)
        if parts.port is not None and parts.port == 0:
            return ""
    except ValueError:
        return ""
    if parts.username or not parts.hostname or not _HOST.match(parts.hostname):
        return ""
    return parts._replace(scheme=parts.scheme.lower()).geturl()
