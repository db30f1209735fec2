"""Wrong passwords count for the account, however its address is spelt: a look-alike opens no new tries."""

from datetime import UTC, datetime

import pytest

from ensemblier.accounts.actions import sign_in
from ensemblier.accounts.actions.guessing import WAIT, Place, count_try
from ensemblier.accounts.actions.sign_in import WRONG, check_sign_in
from ensemblier.accounts.core.guessing import PER_ACCOUNT
from ensemblier.kernel.errors import NotAllowed
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SPELLINGS = (
    "silvia.kirch@exemple.fr",
    "SILVIA.KIRCH@exemple.fr",
    " Silvia.Kirch@EXEMPLE.FR ",
    "s\u0131lvia.kirch@exemple.fr",
    "\u017filvia.kirch@exemple.fr",
    "silvia.\u212airch@exemple.fr",
)
"""The last three hold a dotless i, a long s and the sign of kelvin: some ways of comparing take them for i, s and k."""


def guess(email: str, number: int) -> str:
    """What the refusal of a wrong password says, each time from another machine."""
    with pytest.raises(NotAllowed) as refused:
        check_sign_in(email, "faux", place=Place(f"203.0.113.{number}"), now=NOW)
    return refused.value.message


def guesses_read() -> list[str]:
    return [guess(SPELLINGS[n % len(SPELLINGS)], n) for n in range(PER_ACCOUNT + len(SPELLINGS))]


def test_ten_tries_for_all_the_spellings_of_one_address() -> None:
    make_user("Silvia", email="silvia.kirch@exemple.fr")
    said = guesses_read()
    assert said[:PER_ACCOUNT] == [WRONG] * PER_ACCOUNT
    of_the_account = [
        words for n, words in enumerate(said) if n >= PER_ACCOUNT and known(SPELLINGS[n % len(SPELLINGS)])
    ]
    assert of_the_account
    assert set(of_the_account) == {WAIT}


def known(spelling: str) -> bool:
    """Whether the database takes the spelling for the account's: those are the ones that must share its tries."""
    from ensemblier.accounts.models import User

    return User.objects.filter(email__iexact=spelling.strip()).exists()


def test_counting_the_spelling_typed_would_give_more_tries(monkeypatch: pytest.MonkeyPatch) -> None:
    """The seeded fault: what is typed is counted instead of the account."""
    make_user("Silvia", email="silvia.kirch@exemple.fr")
    typed = iter(range(10_000))

    def by_what_is_typed(kind: object, _email: str, place: Place, *, user_id: int | None, at: datetime) -> object:
        del user_id
        return count_try(kind, f"{next(typed)}", place, user_id=None, at=at)  # type: ignore[arg-type]

    monkeypatch.setattr(sign_in, "count_try", by_what_is_typed)
    assert set(guesses_read()) == {WRONG}
