"""The line of a relay in a list: what is hidden stays hidden, what people wrote is escaped, the turn is said."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

from django.utils import translation

from ensemblier.journey.core.inbox import RelayRow
from ensemblier.journey.core.packets import Envelope
from ensemblier.journey.core.states import Party, RelayKind, RelayState
from ensemblier.web.templatetags.relays import line

UID = UUID("11111111-2222-3333-4444-555555555555")
HIDDEN = RelayRow(
    uid=UID,
    version=3,
    kind=RelayKind.REFERRAL,
    state=RelayState.SENT,
    party=Party.RECIPIENT,
    envelope=Envelope(need="un logement", place="Gap & alentours", channel="par téléphone"),
    name="",
    other="",
    holder="",
    is_mine=False,
    due_on=date(2026, 12, 1),
    is_late=False,
    appointment_at=None,
    ended_at=None,
)


def test_without_a_name_it_says_the_need_the_place_and_the_day() -> None:
    text = line(HIDDEN)
    assert f'<a href="/relais/{UID}/">Une personne, Gap &amp; alentours</a>' in text
    assert "Besoin\xa0: un logement. À joindre par téléphone." in text
    assert "Avant la fin du mardi 1er\xa0décembre 2026" in text
    assert "e-state-you" in text and "À vous" in text


def test_a_name_and_a_structure_are_escaped() -> None:
    text = line(replace(HIDDEN, name="<b>Awa</b>", other="L'« autre »", holder="Zoé <i>"))
    assert "&lt;b&gt;Awa&lt;/b&gt;</a>" in text and "<b>" not in text
    assert "Zoé &lt;i&gt;" in text and "Une personne" not in text


def test_what_is_late_what_is_held_and_what_is_proposed_are_said() -> None:
    accepted = replace(
        HIDDEN, name="Awa", state=RelayState.ACCEPTED, is_late=True, holder="Chloé",
        appointment_at=datetime(2026, 12, 2, 8, 30, tzinfo=UTC),
    )  # fmt: skip
    text = line(accepted)
    assert "En retard\xa0: c’était pour mardi 1er\xa0décembre 2026" in text
    assert "Rendez-vous proposé mercredi 2\xa0décembre 2026 à 9\xa0h\xa030" in text
    assert "En main\xa0: Chloé" in text
    assert "Chloé" not in line(replace(accepted, is_mine=True))


def test_it_speaks_english() -> None:
    with translation.override("en"):
        text = line(HIDDEN)
    assert "Une personne" not in text and "Tuesday 1\xa0December 2026" in text
