"""Tables of accounts."""

from ensemblier.accounts.models.conventions import Convention
from ensemblier.accounts.models.links import SignedLink
from ensemblier.accounts.models.persons import PersonAccount, PersonIdentity
from ensemblier.accounts.models.sessions import Session
from ensemblier.accounts.models.users import Membership, SignInFailure, User, UserManager

__all__ = [
    "Convention",
    "Membership",
    "PersonAccount",
    "PersonIdentity",
    "Session",
    "SignInFailure",
    "SignedLink",
    "User",
    "UserManager",
]
