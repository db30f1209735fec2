"""Reads: what a try is counted under."""

import hashlib

from ensemblier.accounts.models import KnownDevice


def fingerprint(text: str) -> str:
    """A one-way mark of an address, a machine or a device, whatever the case."""
    return hashlib.sha256(text.strip().lower().encode()).hexdigest()


def knows_device(user_id: int, device: str) -> bool:
    """Whether the device of this token already signed in to the account. One query; none without a token."""
    return bool(device) and KnownDevice.objects.filter(user_id=user_id, device_key=fingerprint(device)).exists()
