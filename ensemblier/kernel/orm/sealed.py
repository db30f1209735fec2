"""Secrets that the database never holds in clear: encrypted and authenticated, with a key outside of the database.

The key is derived (HKDF-SHA256, RFC 5869) from SEALING_KEY, else from SECRET_KEY; one key for each purpose, so that a
secret moved to another column does not open. Fernet: AES-128-CBC and HMAC-SHA256.
"""

import base64

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


class WrongKey(Exception):
    """The key of this installation does not open what was sealed: changed without keeping the old one beside it."""


def seal(secret: bytes, *, purpose: str) -> bytes:
    """The secret, to be stored; sealed twice, it looks different twice."""
    return _box(purpose).encrypt(secret)


def unseal(sealed: bytes, *, purpose: str) -> bytes:
    """The secret again. Raises WrongKey: another key, another purpose, or a value somebody touched."""
    try:
        return _box(purpose).decrypt(bytes(sealed))
    except InvalidToken:
        raise WrongKey(purpose) from None


def _box(purpose: str) -> MultiFernet:
    """The first key seals; all open, so that a key can be changed while old secrets still open."""
    own: list[str] = list(settings.SEALING_KEYS)
    roots: list[str] = own or [str(settings.SECRET_KEY), *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key(root, purpose)) for root in roots])


def _key(root: str, purpose: str) -> bytes:
    derived = HKDF(algorithm=SHA256(), length=32, salt=None, info=f"ensemblier:{purpose}".encode())
    return base64.urlsafe_b64encode(derived.derive(root.encode()))
