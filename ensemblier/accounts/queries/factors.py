"""Reads: the second proofs of an account, and whether one is asked for."""

from ensemblier.accounts.core.second_factor import Factor, Factors
from ensemblier.accounts.models import Passkey, RecoveryCode, TotpDevice, User


def factors_of(user_id: int) -> Factors:
    """The second proofs of an account, oldest first. Three queries."""
    found: list[Factor] = []
    for kind, rows in (
        ("totp", TotpDevice.objects.filter(user_id=user_id).order_by("id")),
        ("passkey", Passkey.objects.filter(user_id=user_id).order_by("id")),
    ):
        found += [Factor(row.pk, kind, row.name, row.created_at, row.last_used_at) for row in rows]
    left = RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).count()
    return Factors(tuple(found), left)


def asks_second_factor(user_id: int) -> bool:
    """Whether this account never enters by a password alone: every account but those of the demonstration.

    An account of the demonstration that added a second proof is asked for it, like any other. One query.
    """
    user = User.objects.filter(pk=user_id).first()
    return user is None or not user.is_demonstration or bool(factors_of(user_id).all)
