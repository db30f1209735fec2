"""Local sign-in: an address and a password, slowed down when somebody guesses."""

from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils import timezone

from ensemblier.accounts.models import SignInFailure, User
from ensemblier.accounts.queries.guessing import fingerprint, must_wait
from ensemblier.kernel.errors import NotAllowed

WAIT = "Trop d'essais avec un mauvais mot de passe. Attendez un quart d'heure, puis réessayez."
WRONG = "L'adresse ou le mot de passe n'est pas le bon. Vérifiez-les, puis réessayez."


def check_sign_in(email: str, password: str, *, place: str, now: datetime) -> User:
    """The user of this address and password; `place`: the machine that asks (its IP address).

    Raises NotAllowed: too many tries, or a sentence that never tells which one was wrong; a failure is kept a day.
    """
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        email = user.email  # failures count for the account, however its address is spelt (ı and ſ match i and s)
    if must_wait(email, place, now=now):
        raise NotAllowed(WAIT)
    if user is None:
        User().set_password(password)  # the same time as for an account that exists
    if user is None or not user.check_password(password):
        SignInFailure.objects.filter(at__lt=now - timedelta(days=1)).delete()
        SignInFailure.objects.create(email_key=fingerprint(email), place_key=fingerprint(place), at=now)
        raise NotAllowed(WRONG)
    SignInFailure.objects.filter(email_key=fingerprint(email), place_key=fingerprint(place)).delete()
    return user


class LocalSignIn(BaseBackend):
    """Django's door to `check_sign_in`. Closed accounts never enter."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> User | None:
        """The user, or None; PermissionDenied after too many tries, so that no other backend is asked."""
        if not username or password is None:
            return None
        place = request.META.get("REMOTE_ADDR", "") if request else ""
        try:
            return check_sign_in(username, password, place=place, now=timezone.now())
        except NotAllowed as error:
            if error.message == WAIT:
                raise PermissionDenied(WAIT) from error
            return None

    def get_user(self, user_id: int) -> User | None:
        """The user of a session, as long as the account is open."""
        return User.objects.filter(pk=user_id, is_active=True).first()
