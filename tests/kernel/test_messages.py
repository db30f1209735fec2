"""Messages as values: what is refused, when it is tried again, which addresses belong to nobody."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.messages import MAX_TRIES, Channel, OutMessage, is_fictitious, next_try

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("to", "subject"),
    [
        ("", "Bonjour"),
        ("  ", "Bonjour"),
        ("awa@exemple.fr\nBcc: tous@exemple.fr", "x"),
        ("a@exemple.fr", "x\r\nBcc: b"),
    ],
)
def test_a_forged_header_is_refused(to: str, subject: str) -> None:
    with pytest.raises(BadInput):
        OutMessage("k", Channel.EMAIL, to, subject, "", uuid4())


def test_tries_are_further_and_further_apart_and_last_over_a_week_end() -> None:
    at, gaps = AT, []
    for tries in range(1, MAX_TRIES):
        later = next_try(tries, at)
        gaps.append(later - at)
        at = later
    assert gaps == sorted(gaps)
    assert gaps[0] == timedelta(minutes=1)
    assert at - AT > timedelta(hours=60)


@pytest.mark.parametrize(
    "to",
    [
        "conseil@example.org",
        "A@EXAMPLE.COM",
        "x@sous.example.net",
        "y@z.invalid",
        "04 65 71 13 01",
        "+33 6 39 98 00 00",
    ],
)
def test_an_address_of_nobody(to: str) -> None:
    assert is_fictitious(to)


@pytest.mark.parametrize(
    "to", ["awa@exemple.fr", "b@gmail.com", "04 92 00 00 00", "+33612345678", "https://a.fr/046571?x=019900"]
)
def test_an_address_of_somebody(to: str) -> None:
    assert not is_fictitious(to)
