"""Reads: the partners around a need, nearest to the person's commune first."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ensemblier.directory.core.views import CallCard
from ensemblier.directory.queries.calls import who_to_call
from ensemblier.journey.core.files import FileHead
from ensemblier.journey.core.needs import CIRCLES, NeedTheme
from ensemblier.journey.models import Need
from ensemblier.journey.queries.files import head_of, read_by
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import NotFound
from ensemblier.territory.queries.communes import commune

MAX_PARTNERS = 12


@dataclass(frozen=True, slots=True)
class Circle:
    """Who can help with a need. `is_near`: sorted by distance from her commune."""

    head: FileHead
    theme: NeedTheme
    cards: tuple[CallCard, ...]
    is_near: bool


def circle_of(*, actor: Actor, uid: UUID, need: UUID, on: date) -> Circle:
    """The partners of the directory for a need of the file. Raises NotFound. The directory is told no name."""
    with read_by(actor, uid) as found:
        row = Need.objects.filter(uid=need, person=found.person).first() if found.categories is None else None
        head, code = head_of(found.person, actor, on), found.person.commune_id
    if row is None:
        raise NotFound("Ce besoin n’existe pas dans ce dossier.")
    theme = NeedTheme(row.theme)
    near = commune(code, on=on) if code else None
    cards: dict[tuple[UUID, UUID | None, str], CallCard] = {}
    for words in CIRCLES[theme]:
        for card in who_to_call(words, actor=actor, near=near, on=on, limit=MAX_PARTNERS):
            cards.setdefault((card.organisation_uid, card.site_uid, card.contact.name if card.contact else ""), card)
    ordered = sorted(cards.values(), key=lambda card: card.km if card.km is not None else 1e9)
    return Circle(head, theme, tuple(ordered[:MAX_PARTNERS]), near is not None)
