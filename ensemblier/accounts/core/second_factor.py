"""Codes that change every 30 seconds (TOTP, RFC 6238), and codes of last resort."""

import secrets
from dataclasses import dataclass
from datetime import datetime

import pyotp

STEP_SECONDS = 30
RECOVERY_CODES = 10
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without i, l, o, 0 and 1, which are read for one another. Ten letters: 49 bits."""


@dataclass(frozen=True, slots=True)
class Factor:
    """A second proof of an account, as its page lists it. `kind`: "totp" or "passkey"."""

    id: int
    kind: str
    name: str
    created_at: datetime
    last_used_at: datetime | None


@dataclass(frozen=True, slots=True)
class Factors:
    """All second proofs of an account, and how many recovery codes are left."""

    all: tuple[Factor, ...]
    recovery_left: int

    @property
    def has_totp(self) -> bool:
        """Whether a code of an application is accepted."""
        return any(factor.kind == "totp" for factor in self.all)

    @property
    def has_passkey(self) -> bool:
        """Whether a passkey is accepted."""
        return any(factor.kind == "passkey" for factor in self.all)


def draw_secret() -> str:
    """A new secret of 160 bits, in base 32."""
    return pyotp.random_base32(32)


def provisioning_uri(secret: str, account: str) -> str:
    """What the QR code says to the application: otpauth://totp/…"""
    return pyotp.TOTP(secret, interval=STEP_SECONDS).provisioning_uri(name=account, issuer_name="Ensemblier")


def step_of(secret: str, code: str, *, at: datetime) -> int | None:
    """The period of 30 seconds whose code this is: the present one, the one before or the one after; None otherwise.

    A code is good once: the caller refuses a period that is not after the last one used.
    """
    digits = "".join(code.split())
    if len(digits) != 6 or not (digits.isascii() and digits.isdigit()):
        return None
    totp = pyotp.TOTP(secret, interval=STEP_SECONDS)
    now = totp.timecode(at)
    found = [now + shift for shift in (-1, 0, 1) if secrets.compare_digest(totp.generate_otp(now + shift), digits)]
    return found[-1] if found else None


def draw_recovery_codes() -> list[str]:
    """Ten codes to write down: "abcde-fghjk"."""
    return ["".join(secrets.choice(_LETTERS) for _ in range(5)) + "-" + _tail() for _ in range(RECOVERY_CODES)]


def _tail() -> str:
    return "".join(secrets.choice(_LETTERS) for _ in range(5))
