"""Brute force held: ten tries an hour for an account wherever they come from, and its owner's device still enters."""

from datetime import UTC, datetime, timedelta

import pytest

from ensemblier.accounts.actions.guessing import WAIT, Place, count_try, remember_device
from ensemblier.accounts.actions.sign_in import WRONG, LocalSignIn, check_sign_in
from ensemblier.accounts.core.guessing import PER_ACCOUNT, PER_DEVICE, PER_PLACE, Tries, TryKind, is_too_many
from ensemblier.accounts.models import SignInFailure, User
from ensemblier.kernel.errors import NotAllowed
from tests.factories.accounts import PASSWORD, make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
HERE = Place("1.2.3.4")
OWN = Place("5.6.7.8", device="the token of Bruno's own browser")


def refused(email: str, password: str, place: Place, at: datetime = NOW) -> str:
    """The sentence of the refusal; "" when the guess was right."""
    try:
        check_sign_in(email, password, place=place, now=at)
    except NotAllowed as error:
        return error.message
    return ""


def test_sign_in_with_the_right_password_only() -> None:
    user = make_user("Bruno")
    assert check_sign_in(" BRUNO@exemple.fr", PASSWORD, place=HERE, now=NOW) == user
    for email, password in ((user.email, "faux"), ("personne@exemple.fr", PASSWORD), ("", "")):
        assert refused(email, password, HERE) == WRONG
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert refused(user.email, PASSWORD, HERE) == WRONG


def test_ten_thousand_guesses_from_everywhere_try_ten_an_hour_each() -> None:
    """20 accounts × 500 guesses, each from another machine, in one hour: at most 10 are read for each account."""
    users = [make_user(f"Bruno {n}", email=f"bruno{n}@exemple.fr") for n in range(20)]
    read = {user.email: 0 for user in users}
    for turn in range(500):
        for number, user in enumerate(users):
            place = Place(f"10.{turn % 250}.{number}.{turn // 250}")
            try:
                count_try(TryKind.PASSWORD, user.email, place, user_id=user.pk, at=NOW + timedelta(seconds=turn * 7))
            except NotAllowed:
                continue
            read[user.email] += 1
    print(f"guesses: {500 * len(users)}, read for each account: {sorted(set(read.values()))}")
    assert set(read.values()) == {PER_ACCOUNT}


def test_guessing_never_locks_the_owner_out_of_the_device_she_uses() -> None:
    user = make_user("Bruno")
    remember_device(user.pk, OWN.device, at=NOW - timedelta(days=3))
    for number in range(PER_ACCOUNT):
        assert refused(user.email, "faux", Place(f"9.9.9.{number}")) == WRONG
    assert refused(user.email, PASSWORD, HERE) == WAIT, "même juste : d'une machine inconnue, il faut attendre"
    assert refused(user.email, PASSWORD, OWN) == "", "de chez elle, elle entre"
    assert refused(user.email, PASSWORD, HERE, NOW + timedelta(minutes=61)) == ""


def test_a_stolen_device_token_is_good_for_ten_guesses_and_only_for_its_account() -> None:
    bruno, chloe = make_user("Bruno"), make_user("Chloé")
    remember_device(bruno.pk, OWN.device, at=NOW)
    for _ in range(PER_DEVICE):
        assert refused(bruno.email, "faux", OWN) == WRONG
    assert refused(bruno.email, "faux", OWN) == WAIT
    for number in range(PER_ACCOUNT):
        refused(chloe.email, "faux", Place(f"9.9.9.{number}", device=OWN.device))
    assert refused(chloe.email, PASSWORD, OWN) == WAIT, "cet appareil n'est pas le sien"


def test_a_right_password_on_an_unknown_device_gives_a_guesser_no_new_tries() -> None:
    user = make_user("Bruno")
    for number in range(PER_ACCOUNT - 1):
        refused(user.email, "faux", Place(f"9.9.9.{number}"))
    assert refused(user.email, PASSWORD, HERE) == ""
    assert refused(user.email, "faux", HERE) == WRONG
    assert refused(user.email, "faux", HERE) == WAIT


def test_one_machine_tries_fifty_accounts_an_hour() -> None:
    for number in range(PER_PLACE):
        assert refused(f"{number}@exemple.fr", "faux", HERE) == WRONG
    assert refused("encore@exemple.fr", "faux", HERE) == WAIT
    assert refused("encore@exemple.fr", "faux", Place("8.8.8.8")) == WRONG


@pytest.mark.parametrize(
    ("tries", "known", "held"),
    [
        (Tries(PER_ACCOUNT, 0, 0), False, False),
        (Tries(PER_ACCOUNT + 1, 0, 0), False, True),
        (Tries(0, 0, PER_PLACE + 1), False, True),
        (Tries(PER_ACCOUNT + 1, PER_DEVICE, PER_PLACE + 1), True, False),
        (Tries(0, PER_DEVICE + 1, 0), True, True),
    ],
)
def test_the_limits(tries: Tries, known: bool, held: bool) -> None:
    assert is_too_many(tries, is_known_device=known) is held


def test_no_address_nor_machine_is_kept_in_clear_and_old_tries_go() -> None:
    refused("bruno@exemple.fr", "faux", HERE, NOW - timedelta(days=2))
    refused("bruno@exemple.fr", "faux", HERE)
    row = SignInFailure.objects.values().get()
    assert "bruno" not in str(row) and "1.2.3.4" not in str(row)


def test_a_password_alone_opens_no_session_through_django() -> None:
    user = make_user("Bruno")
    assert LocalSignIn().authenticate(None, username=user.email, password=PASSWORD) is None
    assert LocalSignIn().get_user(user.pk) == user
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert LocalSignIn().get_user(user.pk) is None
