"""Taking in an adviser's list, all or nothing, and giving back to her own system what happened here."""

import csv
import io
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from ensemblier.directory.adapters.table_rows import csv_rows, workbook_rows
from ensemblier.directory.core.exchange.text import as_text
from ensemblier.directory.core.exchange.to_tables import guarded
from ensemblier.journey.actions.episodes import open_file
from ensemblier.journey.core.caseload import Caseload, CaseRow, Flaw, read_caseload
from ensemblier.journey.core.episode import STILL_OPEN
from ensemblier.journey.core.journal import Act
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Episode, OwnNumber
from ensemblier.journey.queries.opened import open_to
from ensemblier.journey.sql.journal import note
from ensemblier.journey.sql.once import once
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotAllowed
from ensemblier.territory.queries.communes import search_communes

MOST_BYTES = 2_000_000
_SPACE = UUID("5f0c3c1e-6a6e-4c0a-9d38-0f3a6d2b7e11")


@dataclass(frozen=True, slots=True)
class Taken:
    """What an import did, or would do: files opened, and those already there."""

    opened: int
    known: int


def read_list(content: bytes) -> Caseload:
    """A CSV or a workbook, read whole; nothing is written. Raises BadInput (unreadable, too big, no known column)."""
    if len(content) > MOST_BYTES:
        raise BadInput("Ce fichier dépasse 2 Mo : importez la liste en plusieurs fois.", field="file")
    if not content.strip():
        raise BadInput("Le fichier est vide.", field="file")
    is_workbook = content[:4] == b"PK\x03\x04"
    with tempfile.NamedTemporaryFile(suffix=".xlsx" if is_workbook else ".csv") as file:
        file.write(content)
        file.flush()
        reader = workbook_rows if is_workbook else csv_rows
        rows = [
            (row.number, {name: as_text(cell) for name, cell in row.fields.items()}, row.flaw)
            for row in reader(Path(file.name), [0])
        ]
    found = read_caseload((number, cells) for number, cells, flaw in rows if not flaw)
    if not {"given_name", "family_name", "number"} & set(found.mapping):
        raise BadInput(
            "Aucune colonne ne dit un nom, un prénom ou un numéro : vérifiez la première ligne.", field="file"
        )
    flaws = [Flaw(number, flaw) for number, _, flaw in rows if flaw]
    return Caseload(found.rows, (*found.flaws, *flaws), found.mapping, found.ignored)


def import_list(rows: tuple[CaseRow, ...], *, by: Actor, at: datetime, dry_run: bool = False) -> Taken:
    """Open a file for each person of the list, all or nothing; one already taken in changes nothing.

    Raises NotAllowed, BadInput naming the line (a commune that nobody knows).
    """
    if by.organisation_id is None:
        raise NotAllowed("Choisissez pour quelle structure vous agissez.")
    opened = known = 0
    with transaction.atomic():
        for row in rows:
            if _take(row, by, at):
                opened += 1
            else:
                known += 1
        if dry_run:
            transaction.set_rollback(True)
    return Taken(opened, known)


def _take(row: CaseRow, by: Actor, at: datetime) -> bool:
    """Whether a file was opened. The key of a line is her system's number, else who she says it is."""
    name = row.number or f"{row.given_name}|{row.family_name}|{row.born}|{row.phone}".casefold()
    key = uuid5(_SPACE, f"{by.organisation_id} {name}")
    draft = PersonDraft(
        given_name=row.given_name,
        family_name=row.family_name,
        phone=row.phone[:20],
        email=row.email,
        commune_id=_commune(row),
        born=row.born,
    )
    with acting(by):
        if Episode.objects.filter(uid=once(key, "file")).exists():
            return False
    episode = open_file(draft, request=row.request, by=by, at=at, key=key)
    if row.number:
        with acting(by):
            OwnNumber.objects.create(person_id=episode.person_id, number=row.number[:80])
    return True


def _commune(row: CaseRow) -> str | None:
    if not row.commune:
        return None
    hits = search_communes(row.commune, limit=1)
    if not hits:
        raise BadInput(
            "Ligne %(line)s : aucune commune ne s’appelle ainsi. Rien n’a été importé.", values={"line": row.line}
        )
    return hits[0].code


RETURNED = ("numero", "prenom", "nom", "ouvert_le", "clos_le", "niveau", "relais", "dernier_etat")


def export_list(*, by: Actor, at: datetime) -> bytes:
    """What happened to the people whose file the actor opens, for her own system: CSV, semicolons, safe to open.

    Each person reads in the journal of her file that it was exported.
    """
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(RETURNED)
    with acting(by):
        mine = Episode.objects.filter(person__in=open_to(by)).select_related("person__own_number")
        rows = list(mine.prefetch_related("levels", "relays").order_by("opened_at", "pk"))
        for row in rows:
            writer.writerow([guarded(cell) for cell in _cells(row)])
        for person_id in dict.fromkeys(row.person_id for row in rows):
            note(by, Act.EXPORT_FILE, person_id=person_id, subject="person", at=at)
    return text.getvalue().encode("utf-8-sig")


def _cells(row: Episode) -> list[str]:
    person = row.person
    levels = sorted(row.levels.all(), key=lambda level: (level.entered_on, level.pk))
    relays = sorted(row.relays.all(), key=lambda relay: relay.pk)
    own = getattr(person, "own_number", None)
    return [
        own.number if own else "",
        person.given_name,
        person.family_name,
        f"{timezone.localtime(row.opened_at):%Y-%m-%d}",
        "" if row.closes_at == STILL_OPEN else f"{timezone.localtime(row.closes_at):%Y-%m-%d}",
        levels[-1].level if levels else "",
        str(len(relays)),
        relays[-1].state if relays else "",
    ]
