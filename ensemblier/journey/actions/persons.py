"""What is known of somebody, corrected; her request, in her words."""

from ensemblier.journey.actions.rows import changed, editing, writing
from ensemblier.journey.core.edits import Edit
from ensemblier.journey.core.movers import Mover
from ensemblier.journey.core.persons import PersonDraft
from ensemblier.journey.models import Episode


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
    with writing(by, edit.row, edit.at) as person:
        changed(person, edit, values, by)


def correct_request(edit: Edit, words: str, *, by: Mover) -> None:
    """Correct the words of her request; what they were stays in the history. Raises NotFound, StaleVersion."""
    with editing(Episode, edit, by) as episode:
        changed(episode, edit, {"request": words.strip()}, by)
