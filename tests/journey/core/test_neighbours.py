"""Appointments, documents and syntheses: who may say what, what a file is, what is signed."""

import io
import zipfile
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ensemblier.journey.core import appointments as meet
from ensemblier.journey.core.appointments import Appointment, AppointmentMove, AppointmentState, Meeting, Side
from ensemblier.journey.core.documents import MediaType, received
from ensemblier.journey.core.synthesis import Edition, Section, faults, signed_text
from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.files import MAX_BYTES, MAX_NAME, tidy_name
from tests.factories.journey import MONDAY

HOUR = timedelta(hours=1)


def at_ten(state: AppointmentState, side: Side = Side.ADVISER) -> Appointment:
    return Appointment(state, MONDAY + HOUR, MONDAY + 2 * HOUR, side)


# Written by hand: (state, who proposed, who speaks, before or after it began) → what may be said.
EXPECTED = {
    ("proposed", "adviser", "person", "before"): "confirm shift cancel",
    ("proposed", "adviser", "adviser", "before"): "shift cancel",
    ("proposed", "person", "adviser", "before"): "confirm shift cancel",
    ("proposed", "person", "person", "before"): "shift cancel",
    ("confirmed", "adviser", "person", "before"): "shift cancel",
    ("confirmed", "adviser", "adviser", "before"): "shift cancel",
    ("confirmed", "adviser", "adviser", "after"): "shift hold miss cancel",
    ("confirmed", "adviser", "person", "after"): "shift cancel",
    ("held", "adviser", "adviser", "after"): "hold miss",
    ("missed", "adviser", "adviser", "after"): "hold miss",
    ("held", "adviser", "person", "after"): "",
    ("cancelled", "adviser", "adviser", "after"): "",
    ("cancelled", "person", "person", "before"): "",
}


@pytest.mark.parametrize(("case", "moves"), EXPECTED.items())
def test_who_may_say_what(case: tuple[str, str, str, str], moves: str) -> None:
    state, proposed, side, when = case
    now = MONDAY if when == "before" else MONDAY + HOUR
    found = meet.allowed(at_ten(AppointmentState(state), Side(proposed)), Side(side), now)
    assert [move.value for move in found] == moves.split()


def test_nobody_confirms_what_they_proposed() -> None:
    for side in Side:
        assert meet.refusal(at_ten(AppointmentState.PROPOSED, side), AppointmentMove.CONFIRM, side, MONDAY)


def test_one_reminder_within_two_days() -> None:
    proposed = Appointment(AppointmentState.PROPOSED, MONDAY + 49 * HOUR, MONDAY + 50 * HOUR, Side.ADVISER)
    assert not meet.is_due_for_reminder(proposed, None, MONDAY)
    assert meet.is_due_for_reminder(proposed, None, MONDAY + HOUR)
    assert not meet.is_due_for_reminder(proposed, MONDAY, MONDAY + HOUR)
    assert not meet.is_due_for_reminder(proposed, None, MONDAY + 49 * HOUR)


def test_a_place_and_an_end() -> None:
    assert [f for f, _ in meet.faults(MONDAY, MONDAY, meeting=Meeting.SITE, has_place=False)] == ["ends_at", "place"]
    assert [f for f, _ in meet.faults(MONDAY, MONDAY + 9 * HOUR, meeting=Meeting.PHONE, has_place=False)] == ["ends_at"]


def archive(**files: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return buffer.getvalue()


DOCX = archive(**{"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"})
ODT = archive(mimetype=MediaType.ODT.value.encode(), **{"content.xml": b"<x/>"})


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"%PDF-1.7\n", MediaType.PDF),
        (b"\x89PNG\r\n\x1a\n0000", MediaType.PNG),
        (b"\xff\xd8\xff\xe0", MediaType.JPEG),
        (DOCX, MediaType.DOCX),
        (ODT, MediaType.ODT),
    ],
)
def test_a_file_is_what_its_content_says(content: bytes, expected: MediaType) -> None:
    found = received("facture.exe", content)
    assert (found.media_type, found.name) == (expected, "facture" + expected.suffix)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"<html><script>alert(1)</script>",
        b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        b"PK\x03\x04 cut short",
        archive(**{"a.txt": b"x"}),
        archive(**{"[Content_Types].xml": b"", "word/document.xml": b"", "word/vbaProject.bin": b"x"}),
        archive(mimetype=b"application/vnd.oasis.opendocument.spreadsheet"),
        b"%PDF-" + b"0" * MAX_BYTES,
    ],
)
def test_what_is_refused(content: bytes) -> None:
    with pytest.raises(BadInput):
        received("cv.pdf", content)


@given(st.binary(max_size=300), st.text(max_size=200), st.booleans())
def test_any_file_is_kept_or_refused_with_a_sentence(content: bytes, name: str, is_zip: bool) -> None:
    try:
        found = received(name, (b"PK\x03\x04" if is_zip else b"") + content)
    except BadInput as error:
        assert error.field == "file"
    else:
        assert found.name


@given(st.text(max_size=300))
def test_a_name_is_short_and_holds_no_path(name: str) -> None:
    found = tidy_name(name, MediaType.PDF.suffix)
    assert len(found) <= MAX_NAME
    assert not set(found) & set('/\\:*?"<>|\x00\n\r\u202e')
    assert found.endswith(".pdf")
    assert found.strip() == found


def test_a_synthesis_signs_all_that_it_says() -> None:
    texts = {Section.REQUEST: "Devenir soudeuse", Section.NEXT: " "}
    edition = Edition(2, date(2026, 11, 23), "Awa", "Bruno", "France Travail", texts)
    text = signed_text(edition)
    assert "Devenir soudeuse" in text
    assert "Ce qui vient ensuite" not in text
    trick = replace(edition, texts={Section.REQUEST: "Devenir soudeuse", Section.PROJECT: "x"})
    assert signed_text(trick) != text
    assert '"date":"2026-11-23"' in text
    assert faults(texts) == []
    assert faults({Section.REQUEST: " "})[0][0] == "request"
    assert faults({Section.PROJECT: "x" * 6001})[0][0] == "project"
