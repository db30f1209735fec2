"""Tables of accounts."""

from ensemblier.accounts.models.conventions import Convention
from ensemblier.accounts.models.factors import KnownDevice, Passkey, RecoveryCode, TotpDevice, UserIdentity
from ensemblier.accounts.models.links import SignedLink
from ensemblier.accounts.models.persons import PersonAccount, PersonIdentity
from ensemblier.accounts.models.sessions import Session
from ensemblier.accounts.models.staff import Invitation, MemberAbsence
from ensemblier.accounts.models.tokens import ApiToken
from ensemblier.accounts.models.users import Membership, SignInFailure, User, UserManager

__all__ = [
    "ApiToken",
    "Convention",
    "Invitation",
    "KnownDevice",
    "MemberAbsence",
    "Membership",
    "Passkey",
    "PersonAccount",
    "PersonIdentity",
    "RecoveryCode",
    "Session",
    "SignInFailure",
    "SignedLink",
    "TotpDevice",
    "User",
    "UserIdentity",
    "UserManager",
]
