"""A change to a row that two people may edit: from which version, by which click, when."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Edit:
    """`row` as read at `version`; `key` is the same for each repetition of one click (None: never repeated)."""

    row: UUID
    version: int
    at: datetime
    key: UUID | None = None


SOMEBODY_FIRST = (
    "Quelqu’un a modifié ce dossier pendant que vous écriviez. Comparez les deux textes, puis enregistrez à nouveau."
)
