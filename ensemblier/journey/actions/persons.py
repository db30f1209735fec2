"""What is known of somebody, corrected; her request, in her words."""

from ensemblier.journey.actions.rows import changed, held
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import Mover
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Episode
from ensemblier.journey.queries.opened import UNKNOWN_FILE, open_to
from ensemblier.journey.sql.scope import acting
from ensemblier.kernel.errors import NotFound


def correct_person(edit: Edit, draft: PersonDraft, *, by: Mover) -> None:
    """Correct who she is and how to reach her. Raises NotFound, StaleVersion."""
    values = {
        "given_name": draft.given_name.strip(),
        "family_name": draft.family_name.strip(),
        "phone": draft.phone.strip(),
        "email": draft.email.strip(),
        "preferred_contact": draft.preferred_contact,
        "availability": draft.availability.strip(),
        "commune_id": draft.commune_id,
        "born": draft.born,
    }
    with acting(by):
        person = open_to(by).filter(uid=edit.row).first()
        if person is None:
            raise NotFound(UNKNOWN_FILE)
        changed(person, edit, values, by)


def correct_request(edit: Edit, words: str, *, by: Mover) -> None:
    """Correct the words of her request; what they were stays in the history. Raises NotFound, StaleVersion."""
    with acting(by):
        episode = held(Episode, edit, by)
        changed(episode, edit, {"request": words.strip()}, by)
