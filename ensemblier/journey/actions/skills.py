"""Skills and projects: free text always, a title of the register of trades when it is loaded and fits."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ensemblier.journey.actions.rows import added, changed, editing, writing
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import Mover
from ensemblier.journey.core.skills import ProjectDraft, SkillDraft
from ensemblier.journey.models import Project, RomeTitle, Skill
from ensemblier.kernel.errors import BadInput


def add_skill(file: UUID, draft: SkillDraft, *, by: Mover, at: datetime, key: UUID | None = None) -> UUID:
    """Note a skill. Raises NotFound, BadInput (no words, unknown title)."""
    with writing(by, file, at) as person:
        return added(Skill, person, _skill(draft), key=key)


def correct_skill(edit: Edit, draft: SkillDraft, *, by: Mover, is_removed: bool = False) -> None:
    """Correct a skill, or take it away. Raises NotFound, StaleVersion, BadInput."""
    with editing(Skill, edit, by) as row:
        changed(row, edit, _skill(draft) | {"is_removed": is_removed}, by)


def add_project(file: UUID, draft: ProjectDraft, *, by: Mover, at: datetime, key: UUID | None = None) -> UUID:
    """Note a project. Raises NotFound, BadInput."""
    with writing(by, file, at) as person:
        return added(Project, person, _project(draft), key=key)


def correct_project(edit: Edit, draft: ProjectDraft, *, by: Mover) -> None:
    """Correct a project, or say where it stands. Raises NotFound, StaleVersion, BadInput."""
    with editing(Project, edit, by) as row:
        changed(row, edit, _project(draft), by)


def _skill(draft: SkillDraft) -> dict[str, Any]:
    origin = draft.origin.value if draft.origin else ""
    return {"words": _words(draft.words), "rome_id": _title(draft.rome_code), "origin": origin}


def _project(draft: ProjectDraft) -> dict[str, Any]:
    return {"words": _words(draft.words), "rome_id": _title(draft.rome_code), "state": draft.state.value}


def _words(text: str) -> str:
    if not text.strip():
        raise BadInput("Écrivez au moins un mot.", field="words")
    return text.strip()


def _title(code: str) -> str | None:
    if not code:
        return None
    if not RomeTitle.objects.filter(pk=code).exists():
        raise BadInput("Cet intitulé n’est pas au répertoire des métiers : gardez le texte libre.", field="rome_code")
    return code
