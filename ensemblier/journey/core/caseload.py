"""An adviser's list of people, taken from her own system: which column says what, and what each line lacks.

Nothing is typed twice: the number that her system gives comes back in the return export.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ensemblier.directory.core.exchange.text import key_of

MOST_ROWS = 1000
FIELDS: Mapping[str, tuple[str, ...]] = {
    "number": ("numero", "identifiant", "id", "id externe", "numero dossier", "n dossier", "number"),
    "given_name": ("prenom", "prenoms", "given name", "first name"),
    "family_name": ("nom", "nom de famille", "nom usage", "family name", "last name"),
    "born": ("date de naissance", "naissance", "ne le", "born"),
    "phone": ("telephone", "tel", "portable", "mobile", "phone"),
    "email": ("courriel", "email", "e mail", "mail", "adresse electronique"),
    "commune": ("commune", "ville", "code postal", "code insee", "city"),
    "request": ("demande", "objet", "motif", "projet", "request"),
}
"""Our field → the names under which the systems of the field know it, as `key_of` writes them."""

_NIR = re.compile(r"(?<!\d)[12][ .]?\d{2}[ .]?\d{2}[ .]?\d[\dAB][ .]?\d{3}[ .]?\d{3}(?:[ .]?\d{2})?(?!\d)")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One person of the list. `line` as the reader of the file counts it."""

    line: int
    number: str = ""
    given_name: str = ""
    family_name: str = ""
    born: date | None = None
    phone: str = ""
    email: str = ""
    commune: str = ""
    request: str = ""


@dataclass(frozen=True, slots=True)
class Flaw:
    """What is wrong in a line, in words."""

    line: int
    words: str


@dataclass(frozen=True, slots=True)
class Caseload:
    """What a file holds. `mapping`: our field → its column; `ignored`: columns that nothing takes."""

    rows: tuple[CaseRow, ...]
    flaws: tuple[Flaw, ...]
    mapping: Mapping[str, str]
    ignored: tuple[str, ...]


def guess_mapping(columns: Iterable[str]) -> dict[str, str]:
    """Our field → the column that says it, by name. The first column wins."""
    found: dict[str, str] = {}
    for column in columns:
        key = key_of(column)
        for name, known in FIELDS.items():
            if key in known and name not in found:
                found[name] = column
                break
    return found


def read_caseload(lines: Iterable[tuple[int, Mapping[str, str]]], mapping: Mapping[str, str] | None = None) -> Caseload:
    """(line number, cells by column) read with a mapping, guessed when none is given. Nothing is refused in silence."""
    rows: list[CaseRow] = []
    flaws: list[Flaw] = []
    used: Mapping[str, str] = mapping or {}
    columns: tuple[str, ...] = ()
    numbers: dict[str, int] = {}
    for line, cells in lines:
        if not columns:
            columns = tuple(cells)
            used = mapping or guess_mapping(columns)
        if len(rows) + len(flaws) >= MOST_ROWS:
            flaws.append(Flaw(line, f"Plus de {MOST_ROWS} lignes : importez la liste en plusieurs fois."))
            break
        row = _row(line, {name: " ".join(cells.get(column, "").split()) for name, column in used.items()}, flaws)
        if row is not None:
            if row.number and row.number in numbers:
                flaws.append(Flaw(line, f"Le numéro est déjà à la ligne {numbers[row.number]}."))
            numbers.setdefault(row.number, line)
            rows.append(row)
    return Caseload(tuple(rows), tuple(flaws), dict(used), tuple(set(columns) - set(used.values())))


def _row(line: int, said: dict[str, str], flaws: list[Flaw]) -> CaseRow | None:
    if not any(said.values()):
        return None
    born = _day(said.get("born", ""))
    if words := _flaw(said, born):
        flaws.append(Flaw(line, words))
        return None
    plain = {name: text for name, text in said.items() if name != "born"}
    return CaseRow(line=line, born=born, **plain)


def _flaw(said: Mapping[str, str], born: date | None) -> str:
    """The first thing wrong in a line; "" when it may be taken."""
    name, email = said.get("given_name", "") + said.get("family_name", ""), said.get("email", "")
    checks = (
        (
            any(map(_NIR.search, said.values())),
            "Un numéro de sécurité sociale n’a rien à faire ici : retirez la colonne.",
        ),
        (not (name or said.get("number")), "Il faut un nom, un prénom ou un numéro."),
        (any(sign.isdigit() for sign in name), "Un nom ne contient pas de chiffre."),
        (bool(email) and not _EMAIL.fullmatch(email), "Le courriel n’est pas une adresse."),
        (bool(said.get("born")) and born is None, "La date de naissance s’écrit 02/04/1999 ou 1999-04-02."),
    )
    return next((words for is_wrong, words in checks if is_wrong), "")


def _day(text: str) -> date | None:
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"):
        try:
            found = datetime.strptime(text[:10], form).date()  # noqa: DTZ007 - a day, in no time zone
        except ValueError:
            continue
        return found if 1900 <= found.year <= 2100 else None
    return None
