"""The visiting card: what is typed in a name never becomes another property, every line fits."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ensemblier.directory.core.vcard import vcard
from ensemblier.directory.core.views import ContactView

UID = UUID("00000000-0000-4000-8000-000000000001")


def contact(name: str, **fields: str) -> ContactView:
    return ContactView(
        UID, name, fields.get("role", ""), ("logement",), UID, "CCAS d'Embrun", phone=fields.get("phone", "")
    )


def unfolded(card: str) -> list[str]:
    return card.replace("\r\n ", "").split("\r\n")


def test_a_card_holds_what_one_dials() -> None:
    lines = unfolded(vcard(contact("Nora Exemple", role="travailleuse sociale", phone="+33465711307")))
    assert "FN:Nora Exemple" in lines
    assert "TEL;TYPE=WORK,VOICE:+33465711307" in lines
    assert "NOTE:logement" in lines


def test_a_name_cannot_add_a_property() -> None:
    lines = unfolded(vcard(contact("Nora\r\nTEL:0899000000")))
    assert not [line for line in lines if line.startswith("TEL")]


@given(st.text(min_size=1, max_size=300).filter(lambda text: text.isprintable()))
def test_no_line_is_longer_than_75_octets_and_the_name_is_whole(name: str) -> None:
    card = vcard(contact(name))
    assert all(len(line.encode()) <= 75 for line in card.split("\r\n"))
    escaped = name.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    assert f"FN:{escaped}" in unfolded(card)
