"""Add, check and remove the second proofs of an account. Every change is in the history."""

import json
from dataclasses import dataclass
from datetime import datetime

import webauthn
from django.db import transaction
from django.utils.crypto import salted_hmac
from webauthn.helpers import bytes_to_base64url, options_to_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from ensemblier.accounts.actions.guessing import Place, count_try
from ensemblier.accounts.core.guessing import TryKind
from ensemblier.accounts.core.links import plain_answer
from ensemblier.accounts.core.second_factor import draw_recovery_codes, step_of
from ensemblier.accounts.models import Passkey, RecoveryCode, TotpDevice, User
from ensemblier.kernel.errors import BadInput, NotAllowed, NotFound, RuleViolated
from ensemblier.kernel.orm.models import AuditRow
from ensemblier.kernel.orm.sealed import seal, unseal

SEALED_FOR = "totp"
WRONG_CODE = "Ce code n'est pas le bon, ou il a déjà servi. Attendez le suivant, puis tapez-le."
WRONG_KEY = "Cette clé n'a pas été reconnue. Réessayez, ou prenez un code."


@dataclass(frozen=True, slots=True)
class Site:
    """Where a passkey holds: the host name alone, and the address with its scheme, as the browser signs them."""

    host: str
    origin: str


@transaction.atomic
def add_totp(user_id: int, *, secret: str, code: str, name: str, at: datetime) -> list[str]:
    """Keep an application of codes once its first code is right; returns new recovery codes when there were none.

    Raises BadInput when the code is not that of the secret.
    """
    step = step_of(secret, code, at=at) if secret else None
    if step is None:
        raise BadInput(WRONG_CODE, field="code")
    sealed = seal(secret.encode(), purpose=SEALED_FOR)
    TotpDevice.objects.create(
        user_id=user_id, name=name.strip()[:80] or "Application", secret=sealed, last_step=step, created_at=at
    )
    return _added(user_id, "add_totp")


@transaction.atomic
def add_passkey(user_id: int, *, answer: str, challenge: bytes, site: Site, name: str, at: datetime) -> list[str]:
    """Keep a passkey that the browser has just made for this site; returns new recovery codes when there were none.

    Raises BadInput: not an answer to this challenge, for this site, or a key that is already known.
    """
    try:
        made = webauthn.verify_registration_response(
            credential=answer, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin
        )
    except (WebAuthnException, ValueError, TypeError):
        raise BadInput(WRONG_KEY) from None
    if Passkey.objects.filter(credential_id=made.credential_id).exists():
        raise BadInput("Cette clé est déjà enregistrée.")
    Passkey.objects.create(
        user_id=user_id, name=name.strip()[:80] or "Clé", credential_id=made.credential_id,
        public_key=made.credential_public_key, sign_count=made.sign_count, created_at=at,
    )  # fmt: skip
    return _added(user_id, "add_passkey")


def passkey_to_make(user_id: int, *, site: Site) -> str:
    """The options (JSON) by which a browser makes a passkey; they hold the challenge, to be kept in the session."""
    user = User.objects.get(pk=user_id)
    options = webauthn.generate_registration_options(
        rp_id=site.host,
        rp_name="Ensemblier",
        user_id=str(user.pk).encode(),
        user_name=user.email,
        user_display_name=user.name,
        exclude_credentials=_descriptors(user_id),
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.DISCOURAGED, user_verification=UserVerificationRequirement.PREFERRED
        ),
    )
    return options_to_json(options)


def passkey_to_ask(user_id: int, *, site: Site) -> str:
    """The options (JSON) by which a browser answers with one of the account's passkeys."""
    options = webauthn.generate_authentication_options(rp_id=site.host, allow_credentials=_descriptors(user_id))
    return options_to_json(options)


def check_code(user_id: int, code: str, *, place: Place, at: datetime) -> None:
    """A code of an application, or a recovery code: each good once. Raises NotAllowed (wrong, used, too many tries)."""
    tried = count_try(TryKind.SECOND_FACTOR, f"user:{user_id}", place, user_id=user_id, at=at)
    if not (_takes_totp(user_id, code, at) or _takes_recovery(user_id, code, at)):
        raise NotAllowed(WRONG_CODE, field="code")
    tried.was_right()


def check_passkey(user_id: int, answer: str, *, challenge: bytes, site: Site, place: Place, at: datetime) -> None:  # noqa: PLR0913
    """An answer of one of the account's passkeys to this challenge. Raises NotAllowed."""
    tried = count_try(TryKind.SECOND_FACTOR, f"user:{user_id}", place, user_id=user_id, at=at)
    try:
        raw = json.loads(answer)
        key = next(row for row in Passkey.objects.filter(user_id=user_id) if _number(row) == raw["id"])
        done = webauthn.verify_authentication_response(
            credential=raw, expected_challenge=challenge, expected_rp_id=site.host, expected_origin=site.origin,
            credential_public_key=bytes(key.public_key), credential_current_sign_count=key.sign_count,
        )  # fmt: skip
    except (WebAuthnException, ValueError, TypeError, KeyError, StopIteration):
        raise NotAllowed(WRONG_KEY) from None
    counted = Passkey.objects.filter(pk=key.pk, sign_count=key.sign_count)
    if not counted.update(sign_count=done.new_sign_count, last_used_at=at):
        raise NotAllowed(WRONG_KEY)  # the same answer, sent twice at once
    tried.was_right()


@transaction.atomic
def remove_factor(user_id: int, *, kind: str, factor_id: int) -> None:
    """Take a second proof away. Raises NotFound, RuleViolated: the last one of an account that must have one."""
    table = {"totp": TotpDevice, "passkey": Passkey}.get(kind)
    user = User.objects.select_for_update().get(pk=user_id)
    row = None if table is None else table._default_manager.filter(pk=factor_id, user_id=user_id).first()
    if row is None:
        raise NotFound("Cette preuve n'est pas sur votre compte.")
    left = TotpDevice.objects.filter(user=user).count() + Passkey.objects.filter(user=user).count()
    if left == 1 and not user.is_demonstration:
        raise RuleViolated("C'est votre dernière seconde preuve : ajoutez-en une autre avant de retirer celle-ci.")
    row.delete()
    if left == 1:
        RecoveryCode.objects.filter(user=user).delete()
    _note(user, f"remove_{kind}")


@transaction.atomic
def renew_recovery_codes(user_id: int) -> list[str]:
    """Ten new codes, shown once; the ones before open nothing any more. Raises RuleViolated without a second proof."""
    if not TotpDevice.objects.filter(user_id=user_id).exists() and not Passkey.objects.filter(user_id=user_id).exists():
        raise RuleViolated("Ajoutez d'abord une seconde preuve : un code de secours la remplace un jour.")
    RecoveryCode.objects.filter(user_id=user_id).delete()
    codes = draw_recovery_codes()
    RecoveryCode.objects.bulk_create(RecoveryCode(user_id=user_id, code_key=_code_key(user_id, code)) for code in codes)
    return codes


def _added(user_id: int, verb: str) -> list[str]:
    _note(User.objects.get(pk=user_id), verb)
    has_some = RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True).exists()
    return [] if has_some else renew_recovery_codes(user_id)


def _takes_totp(user_id: int, code: str, at: datetime) -> bool:
    for device in TotpDevice.objects.filter(user_id=user_id).order_by("id"):
        step = step_of(unseal(bytes(device.secret), purpose=SEALED_FOR).decode(), code, at=at)
        if step is not None:
            unused = TotpDevice.objects.filter(pk=device.pk, last_step__lt=step)
            if unused.update(last_step=step, last_used_at=at):
                return True
    return False


def _takes_recovery(user_id: int, code: str, at: datetime) -> bool:
    unused = RecoveryCode.objects.filter(user_id=user_id, used_at__isnull=True, code_key=_code_key(user_id, code))
    return bool(unused.update(used_at=at))


def _code_key(user_id: int, code: str) -> str:
    return salted_hmac(f"recovery-code:{user_id}", plain_answer(code), algorithm="sha256").hexdigest()


def _descriptors(user_id: int) -> list[PublicKeyCredentialDescriptor]:
    rows = Passkey.objects.filter(user_id=user_id).order_by("id")
    return [PublicKeyCredentialDescriptor(id=bytes(row.credential_id)) for row in rows]


def _number(key: Passkey) -> str:
    return bytes_to_base64url(bytes(key.credential_id))


def _note(user: User, verb: str) -> None:
    AuditRow.objects.create(actor_id=user.pk, actor_label=user.name, table="user", row_id=str(user.pk), verb=verb)
