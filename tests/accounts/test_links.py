"""Links for people without an account: two proofs, few attempts, an end; only marks are kept."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import transaction

from ensemblier.accounts.actions.links import CLOSED, close_links, draw_code, make_link, open_link
from ensemblier.accounts.core.links import MAX_ATTEMPTS, LinkPurpose, ProofKind, SecondProof, plain_answer
from ensemblier.accounts.models import SignedLink
from ensemblier.accounts.queries.links import link_of
from ensemblier.kernel.errors import BadInput, NotAllowed

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
END = NOW + timedelta(days=3)
CODE = SecondProof(ProofKind.CODE, "482 913")
PURPOSE = LinkPurpose.RELAY_ANSWER


def test_a_link_opens_its_subject_to_whoever_has_both_proofs() -> None:
    subject = uuid4()
    token = make_link(PURPOSE, subject, second_proof=CODE, expires_at=END)
    assert open_link(token, PURPOSE, " 482913 ", NOW) == subject
    assert open_link(token, PURPOSE, "482-913", NOW + timedelta(days=2)) == subject, (
        "une réponse prend plusieurs visites"
    )


def test_a_link_to_sign_in_opens_once() -> None:
    token = make_link(LinkPurpose.PERSON_SIGN_IN, uuid4(), second_proof=CODE, expires_at=END)
    open_link(token, LinkPurpose.PERSON_SIGN_IN, "482913", NOW)
    with pytest.raises(NotAllowed, match=CLOSED):
        open_link(token, LinkPurpose.PERSON_SIGN_IN, "482913", NOW)


def test_an_unknown_an_old_a_closed_and_another_link_say_the_same() -> None:
    subject = uuid4()
    token, other = (make_link(PURPOSE, subject, second_proof=CODE, expires_at=END) for _ in range(2))
    tries = [
        ("inconnu", PURPOSE, NOW),
        (token, LinkPurpose.STOP_SHARING, NOW),
        (token, PURPOSE, END),
    ]
    for text, purpose, at in tries:
        with pytest.raises(NotAllowed, match=CLOSED):
            open_link(text, purpose, "482913", at)
    assert close_links(PURPOSE, subject, at=NOW) == 2
    with pytest.raises(NotAllowed, match=CLOSED):
        open_link(other, PURPOSE, "482913", NOW)


def test_guessing_the_second_proof_closes_the_link_even_for_the_right_answer() -> None:
    token = make_link(PURPOSE, uuid4(), second_proof=SecondProof(ProofKind.BIRTH_YEAR, "1987"), expires_at=END)
    for left in range(MAX_ATTEMPTS - 1, 0, -1):
        with pytest.raises(NotAllowed, match=f"Encore {left} essais"):
            open_link(token, PURPOSE, "1990", NOW)
    for answer in ("1990", "1987"):
        with pytest.raises(NotAllowed, match=CLOSED):
            open_link(token, PURPOSE, answer, NOW)
    assert SignedLink.objects.get().attempts == MAX_ATTEMPTS


@pytest.mark.django_db(transaction=True)
def test_a_caller_cannot_take_an_attempt_back_with_its_own_transaction() -> None:
    token = make_link(PURPOSE, uuid4(), second_proof=CODE, expires_at=END)
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        open_link(token, PURPOSE, "000000", NOW)


def test_nothing_that_opens_is_stored() -> None:
    token = make_link(PURPOSE, uuid4(), second_proof=SecondProof(ProofKind.BIRTH_YEAR, "1987"), expires_at=END)
    row = SignedLink.objects.values().get()
    assert token not in str(row) and "1987" not in str(row["proof_key"])
    twin = make_link(PURPOSE, uuid4(), second_proof=SecondProof(ProofKind.BIRTH_YEAR, "1987"), expires_at=END)
    assert SignedLink.objects.exclude(pk=row["id"]).get().proof_key != row["proof_key"], "même réponse, autre empreinte"
    assert len(token) >= 43 and twin != token


def test_a_link_without_a_second_proof_is_not_made() -> None:
    with pytest.raises(BadInput):
        make_link(PURPOSE, uuid4(), second_proof=SecondProof(ProofKind.CODE, " - "), expires_at=END)


def test_reading_a_link_says_what_to_type_and_never_what_it_opens() -> None:
    subject = uuid4()
    token = make_link(PURPOSE, subject, second_proof=CODE, expires_at=END)
    view = link_of(token, PURPOSE, at=NOW)
    assert view is not None and view.is_open and view.proof_kind is ProofKind.CODE
    assert str(subject) not in str(view)
    late = link_of(token, PURPOSE, at=END)
    assert late is not None and not late.is_open
    assert link_of("inconnu", PURPOSE, at=NOW) is None


def test_codes_have_six_digits_and_answers_are_read_generously() -> None:
    codes = {draw_code() for _ in range(200)}
    assert len(codes) > 190 and all(len(code) == 6 and code.isdigit() for code in codes)
    assert plain_answer(" Élan-12 ") == "elan12"
