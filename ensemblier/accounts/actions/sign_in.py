"""Local sign-in: an address and a password, slowed down when somebody guesses."""

from datetime import datetime
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from ensemblier.accounts.actions.guessing import WAIT, Place, count_try
from ensemblier.accounts.core.guessing import TryKind
from ensemblier.accounts.models import User
from ensemblier.kernel.errors import NotAllowed

__all__ = ["WAIT", "WRONG", "LocalSignIn", "check_sign_in"]

WRONG = "L'adresse ou le mot de passe n'est pas le bon. Vérifiez-les, puis réessayez."


def check_sign_in(email: str, password: str, *, place: Place, now: datetime) -> User:
    """The user of this address and password; `place`: the machine that asks, and its device when it is known.

    Raises NotAllowed: too many tries, or a sentence that never tells which one was wrong; a failure is kept a day.
    """
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        email = user.email  # failures count for the account, however its address is spelt (ı and ſ match i and s)
    tried = count_try(TryKind.PASSWORD, email, place, user_id=None if user is None else user.pk, at=now)
    if user is None:
        User().set_password(password)  # the same time as for an account that exists
    if user is None or not user.check_password(password):
        raise NotAllowed(WRONG)
    tried.was_right()
    return user


class LocalSignIn(BaseBackend):
    """Whose session this is. Signing in goes through `check_sign_in` and the second proof, never through here."""

    def authenticate(self, request: HttpRequest | None, **_: Any) -> User | None:  # noqa: ARG002 - Django's signature
        """Nobody: a password alone opens no session."""
        return None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, as long as the account is open."""
        return User.objects.filter(pk=user_id, is_active=True).first()
