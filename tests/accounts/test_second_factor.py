"""The second proof: sealed secrets, codes good once, few guesses, recovery codes, never the last one taken away."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from ensemblier.accounts.actions.factors import (
    WRONG_CODE,
    add_totp,
    check_code,
    remove_factor,
    renew_recovery_codes,
)
from ensemblier.accounts.actions.guessing import WAIT, Place, remember_device
from ensemblier.accounts.core.guessing import PER_ACCOUNT
from ensemblier.accounts.core.second_factor import draw_recovery_codes, draw_secret, provisioning_uri, step_of
from ensemblier.accounts.models import RecoveryCode, TotpDevice, User
from ensemblier.accounts.queries.factors import asks_second_factor, factors_of
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from tests.factories.accounts import make_user

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 9, 0, 10, tzinfo=UTC)
HERE = Place("1.2.3.4")
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def code_at(at: datetime, secret: str = SECRET) -> str:
    """What an application shows at an instant: computed by pyotp from the secret, apart from our own code."""
    return pyotp.TOTP(secret).at(at)


@pytest.fixture
def bruno() -> User:
    """Bruno, with an application of codes added a minute ago."""
    user = make_user("Bruno")
    before = NOW - timedelta(minutes=1)
    add_totp(user.pk, secret=SECRET, code=code_at(before), name="Téléphone", at=before)
    return user


def refused(user: User, code: str, at: datetime = NOW, place: Place = HERE) -> str:
    """The sentence of the refusal; "" when the code was right."""
    try:
        check_code(user.pk, code, place=place, at=at)
    except NotAllowed as error:
        return error.message
    return ""


def test_the_published_examples_of_rfc_6238() -> None:
    """Appendix B, SHA-1, last six digits; the secret is "12345678901234567890" in base 32."""
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    for seconds, code in ((59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (2000000000, "279037")):
        at = datetime.fromtimestamp(seconds, UTC)
        assert step_of(secret, code, at=at) == seconds // 30


@pytest.mark.parametrize(("shift", "is_right"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)])
def test_a_clock_may_be_half_a_minute_off(shift: int, is_right: bool) -> None:
    assert (step_of(SECRET, code_at(NOW + timedelta(seconds=shift)), at=NOW) is not None) is is_right


@pytest.mark.parametrize("code", ["", "12345", "1234567", "abcdef", "١٢٣٤٥٦", "-12345", "12 34"])
def test_what_is_not_a_code_is_none(code: str) -> None:
    assert step_of(SECRET, code, at=NOW) is None


def test_a_code_is_good_once_and_never_after_a_later_one(bruno: User) -> None:
    later = NOW + timedelta(seconds=30)
    assert refused(bruno, code_at(later)) == ""
    assert refused(bruno, code_at(later)) == WRONG_CODE
    assert refused(bruno, code_at(NOW), later) == WRONG_CODE, "plus ancien que le dernier utilisé"
    assert refused(bruno, code_at(NOW + timedelta(minutes=2)), NOW + timedelta(minutes=2)) == ""


def test_the_code_that_added_the_application_does_not_sign_in() -> None:
    user = make_user("Bruno")
    add_totp(user.pk, secret=SECRET, code=code_at(NOW), name="", at=NOW)
    assert refused(user, code_at(NOW)) == WRONG_CODE


def test_the_secret_is_sealed_in_the_database(bruno: User) -> None:
    kept = bytes(TotpDevice.objects.get().secret)
    assert SECRET.encode() not in kept and len(kept) > 100


def test_guessing_codes_stops_at_ten_and_not_on_the_owner_s_device(bruno: User) -> None:
    remember_device(bruno.pk, "own", at=NOW)
    for number in range(PER_ACCOUNT):
        assert refused(bruno, "000000", place=Place(f"9.9.9.{number}")) == WRONG_CODE
    assert refused(bruno, code_at(NOW)) == WAIT
    assert refused(bruno, code_at(NOW), place=Place("5.6.7.8", device="own")) == ""


def test_recovery_codes_are_good_once_and_renewed_together(bruno: User) -> None:
    codes = renew_recovery_codes(bruno.pk)
    assert len(codes) == 10 and factors_of(bruno.pk).recovery_left == 10
    assert refused(bruno, codes[0].upper().replace("-", " ")) == ""
    assert refused(bruno, codes[0]) == WRONG_CODE
    assert not any(code.replace("-", "") in str(RecoveryCode.objects.values()) for code in codes)
    renew_recovery_codes(bruno.pk)
    assert refused(bruno, codes[1]) == WRONG_CODE
    chloe = make_user("Chloé")
    with pytest.raises(RuleViolated):
        renew_recovery_codes(chloe.pk)
    assert refused(chloe, renew_recovery_codes(bruno.pk)[0]) == WRONG_CODE, "les codes de Bruno, pas ceux de Chloé"


def test_codes_are_not_drawn_twice() -> None:
    drawn = [code for _ in range(50) for code in draw_recovery_codes()]
    assert len(set(drawn)) == 500 and len({draw_secret() for _ in range(50)}) == 50
    assert "issuer=Ensemblier" in provisioning_uri(SECRET, "bruno@exemple.fr")


def test_a_wrong_first_code_adds_nothing() -> None:
    user = make_user("Bruno")
    with pytest.raises(BadInput, match="n'est pas le bon"):
        add_totp(user.pk, secret=SECRET, code="000000", name="", at=NOW)
    assert factors_of(user.pk).all == ()


def test_the_last_proof_of_a_real_account_is_never_taken_away(bruno: User) -> None:
    first = factors_of(bruno.pk).all[0]
    with pytest.raises(RuleViolated, match="dernière seconde preuve"):
        remove_factor(bruno.pk, kind="totp", factor_id=first.id)
    with pytest.raises(NotFound):
        remove_factor(make_user("Chloé").pk, kind="totp", factor_id=first.id)
    with pytest.raises(NotFound):
        remove_factor(bruno.pk, kind="autre", factor_id=first.id)
    add_totp(bruno.pk, secret=draw_secret_known(), code=code_at(NOW, OTHER), name="Autre", at=NOW)
    remove_factor(bruno.pk, kind="totp", factor_id=first.id)
    assert [factor.name for factor in factors_of(bruno.pk).all] == ["Autre"]


OTHER = "KRSXG5CTMVRXEZLUKRSXG5CTMVRXEZLU"


def draw_secret_known() -> str:
    """The secret of a second application."""
    return OTHER


def test_only_the_demonstration_enters_with_a_password_alone() -> None:
    real, shown = make_user("Bruno"), make_user("Chloé", is_demonstration=True)
    assert asks_second_factor(real.pk) and not asks_second_factor(shown.pk) and asks_second_factor(0)
    add_totp(shown.pk, secret=SECRET, code=code_at(NOW), name="", at=NOW)
    assert asks_second_factor(shown.pk), "qui en a ajouté une la donne"
    remove_factor(shown.pk, kind="totp", factor_id=factors_of(shown.pk).all[0].id)
    assert not asks_second_factor(shown.pk) and not RecoveryCode.objects.filter(user=shown).exists()
