"""Pages of long lists: an opaque cursor, and no page lost to one bad row."""

import logging
from collections.abc import Callable, Iterable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext
from ninja import Query, Schema
from pydantic import Field

from ensemblier.kernel.errors import BadInput

log = logging.getLogger("ensemblier.api")

MAX_SIZE = 200
Size = Annotated[int, Query(ge=1, le=MAX_SIZE, description="Nombre de lignes par page.")]
Cursor = Annotated[str, Query(max_length=200, description="`next` de la page précédente ; vide pour commencer.")]
Fictitious = Annotated[
    bool, Query(description="Lire le territoire fictif de démonstration au lieu des données réelles.")
]

_In = TypeVar("_In")
_Out = TypeVar("_Out")


class SkippedOut(Schema):
    """A row that cannot be shown: it is left out and named, and the page stands."""

    uid: str
    reason: str


class PageOut(Schema):
    """What every page carries beside its rows."""

    next: str = Field(description="À donner en `cursor` pour la suite ; vide à la fin.")
    skipped: list[SkippedOut] = Field(description="Lignes illisibles, laissées de côté et nommées.")


def uid_cursor(text: str) -> UUID | None:
    """The identifier after which the page begins; None at the start. Raises BadInput when somebody made it up."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError:
        raise BadInput(
            "Ce curseur n'existe pas : prenez `next` de la page précédente, ou commencez sans curseur.", field="cursor"
        ) from None


def next_cursor(rows: list[Any], size: int) -> str:
    """The cursor after the last of `rows`; "" when the page is not full."""
    return str(rows[-1].uid) if len(rows) == size else ""


def readable(rows: Iterable[_In], show: Callable[[_In], _Out]) -> tuple[list[_Out], list[SkippedOut]]:
    """Each row as `show` writes it; one that fails is reported by its identifier and breaks nothing."""
    shown: list[_Out] = []
    skipped: list[SkippedOut] = []
    for row in rows:
        try:
            shown.append(show(row))
        except Exception as error:
            uid = str(getattr(row, "uid", ""))
            log.exception("row %s cannot be shown", uid, exc_info=error)
            skipped.append(
                SkippedOut(uid=uid, reason=gettext("Cette fiche ne peut pas être lue ; elle est consignée."))
            )
    return shown, skipped
