"""E-mails as people's programs write them: what is new in them, and nothing that breaks."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ensemblier.journey.core.mail import MAX_BYTES, above_the_quotation, read_mail
from ensemblier.kernel.errors import BadInput


def letter(body: str, *headers: str) -> bytes:
    head = ["From: Chloé <Chloe@Exemple.fr>", "To: relais+a.1.b@ens.exemple.fr", "Message-ID: <1@exemple.fr>", *headers]
    return ("\r\n".join(head) + "\r\n\r\n" + body).encode()


@pytest.mark.parametrize(
    "quotation",
    [
        "Le lun. 23 nov. 2026 à 10:00, Ensemblier <x@ens.exemple.fr> a écrit :\n> Bonjour",
        "> Bonjour",
        "-----Message d'origine-----\nDe : Ensemblier",
        "De : Ensemblier <x@ens.exemple.fr>\nEnvoyé : lundi",
        "On Mon, 23 Nov 2026, Ensemblier wrote:\n> x",
        "________________________________\nDe : x",
        "-- \nChloé",
    ],
)
def test_only_what_is_new_is_kept(quotation: str) -> None:
    assert above_the_quotation(f"Oui, jeudi à 9 h.\n\nMerci.\n\n{quotation}\nsuite") == "Oui, jeudi à 9 h.\n\nMerci."


def test_a_letter_is_read() -> None:
    mail = read_mail(letter("Oui.\r\n\r\n> Bonjour\r\n"))
    assert (mail.sender, mail.to) == ("chloe@exemple.fr", ("relais+a.1.b@ens.exemple.fr",))
    assert (mail.text, mail.message_id, mail.is_automatic) == ("Oui.", "<1@exemple.fr>", False)


def test_a_page_gives_its_words() -> None:
    html = "<style>p{}</style><p>Oui, <b>jeudi</b>.</p><blockquote>Bonjour</blockquote>"
    assert read_mail(letter(html, "Content-Type: text/html; charset=utf-8")).text == "Oui, jeudi."


@pytest.mark.parametrize("header", ["Auto-Submitted: auto-replied", "Precedence: bulk", "X-Autoreply: yes"])
def test_a_machine_is_known(header: str) -> None:
    assert read_mail(letter("Je suis absente.", header)).is_automatic


def test_a_letter_that_is_too_big_is_refused() -> None:
    with pytest.raises(BadInput):
        read_mail(letter("x" * MAX_BYTES))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000) | st.binary(max_size=500).map(lambda tail: letter("") + tail))
def test_nothing_that_comes_breaks_it(raw: bytes) -> None:
    with contextlib.suppress(BadInput):
        read_mail(raw)
