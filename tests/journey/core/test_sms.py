"""Every text that leaves as an SMS is one SMS: 160 characters of the alphabet of telephones, whatever is filled in."""

import inspect
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from ensemblier.journey.actions import appointments, notices
from ensemblier.journey.core.appointment_texts import Occasion, Told, body, short_body
from ensemblier.journey.core.appointments import Meeting
from ensemblier.journey.core.notices import short_of
from ensemblier.kernel.sms import cut, in_alphabet, parts_of

PUBLIC = "https://ensemblier.provence-alpes-cote-d-azur.exemple.fr"
LONGEST = datetime(2026, 9, 23, 22, 45, tzinfo=UTC)


def test_parts_are_counted_as_the_standard_counts_them() -> None:
    assert [parts_of("a" * n) for n in (0, 160, 161, 306, 307)] == [1, 1, 2, 2, 3]
    assert [parts_of("’" * n) for n in (1, 70, 71, 134, 135)] == [1, 1, 2, 2, 3]
    assert parts_of("€" * 80) == 1 and parts_of("€" * 81) == 2, "l’euro compte deux fois"
    assert in_alphabet("Où ? « L’été à Noël », çà et là…") == 'Où ? " L\'été à Noel ", cà et là...'
    assert cut("mot " * 60) == "mot " * 38 + "mot..." and parts_of(cut("ç" * 400)) == 1


@pytest.mark.parametrize("place", ["", f"relais/{UUID(int=0)}/", "mon-choix/" + "x" * 43 + "/"])
def test_a_notice_is_one_message_in_the_alphabet(place: str) -> None:
    text = short_of({"read": f"{PUBLIC}/mon-espace/{place}"})
    assert parts_of(text) == 1 and text == in_alphabet(text), (len(text), text)


@pytest.mark.parametrize("occasion", list(Occasion))
@pytest.mark.parametrize("meeting", list(Meeting))
def test_an_appointment_is_one_message_whatever_its_place(occasion: Occasion, meeting: Meeting) -> None:
    where = "Maison de l’emploi « Œuvre d’été », 1 bis rue de l’Hôtel-de-Ville, bâtiment Ç, 05000 Gap, " * 4
    for filled in ("", where):
        told = Told(LONGEST, LONGEST + timedelta(hours=1), meeting, filled)
        text = short_body(occasion, told)
        assert parts_of(text) == 1 and text == in_alphabet(text), (len(text), text)
        assert "24/09" in text and "0h45" in text, "le jour et l’heure restent, quelle que soit la place"


def test_the_text_of_an_e_mail_would_cost_several_messages() -> None:
    told = Told(LONGEST, LONGEST + timedelta(hours=1), Meeting.SITE, "1 rue de l’Hôtel-de-Ville, 05000 Gap")
    assert parts_of(body(Occasion.REMINDER, told)) >= 3, "la faute semée est vue"


def test_no_other_text_leaves_as_an_sms() -> None:
    """Whoever makes one more says here which text it is."""
    for module in (appointments, notices):
        assert inspect.getsource(module).count("Channel.SMS") == 1
