"""Needs and obstacles, and the qualities that the rules ask for."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from ensemblier.journey.actions.rows import added, changed, editing, writing
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import Mover
from ensemblier.journey.core.needs import NeedDraft
from ensemblier.journey.models import Need, PersonQuality
from ensemblier.routing.core.facts import Quality


def add_need(file: UUID, draft: NeedDraft, *, by: Mover, at: datetime, key: UUID | None = None) -> UUID:
    """Note a need. Raises NotFound."""
    with writing(by, file, at) as person:
        values = _values(draft) | {"noted_on": timezone.localdate(at)}
        return added(Need, person, values, key=key)


def correct_need(edit: Edit, draft: NeedDraft, *, by: Mover) -> None:
    """Correct a need, or say where it stands. Raises NotFound, StaleVersion."""
    with editing(Need, edit, by) as row:
        changed(row, edit, _values(draft), by)


def _values(draft: NeedDraft) -> dict[str, Any]:
    return {
        "theme": draft.theme.value,
        "words": draft.words.strip(),
        "is_obstacle": draft.is_obstacle,
        "is_sensitive": draft.theme.is_sensitive,
        "state": draft.state.value,
    }


def say_qualities(file: UUID, said: Mapping[Quality, bool | None], *, by: Mover, at: datetime) -> None:
    """What she said of herself; None takes the answer back: it was not asked. Raises NotFound."""
    with writing(by, file, at) as person:
        for quality, holds in said.items():
            rows = PersonQuality.objects.filter(person=person, quality=quality.value)
            if holds is None:
                rows.delete()
            else:
                PersonQuality.objects.update_or_create(
                    person=person,
                    quality=quality.value,
                    defaults={"holds": holds, "is_sensitive": quality is Quality.DISABLED},
                )
