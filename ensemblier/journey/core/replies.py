"""The secret address to which somebody answers about one relay: who she is and which relay, signed.

Local parts of an address hold 64 signs at most and lose their capitals on the way: base 32, lower case.
"""

import base64
import binascii
import hashlib
import hmac
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Reply:
    """What an address says. `user_id` 0: the person herself."""

    relay: UUID
    user_id: int


def reply_address(base: str, relay: UUID, user_id: int, secret: str) -> str:
    """`relais+<relay>.<user>.<mark>@…` from `relais@…`; "" when answers by mail are not read here."""
    if "@" not in base:
        return ""
    name, _, domain = base.partition("@")
    return f"{name}+{_body(relay, user_id)}.{_mark(relay, user_id, secret)}@{domain}"


def read_reply_address(address: str, secret: str) -> Reply | None:
    """What an address stands for; None when it is not one of ours, or was made up."""
    _, plus, rest = address.strip().lower().partition("@")[0].partition("+")
    pieces = rest.split(".")
    if not plus or len(pieces) != 3 or not pieces[1].isdigit():
        return None
    try:
        relay = UUID(bytes=base64.b32decode(pieces[0].upper() + "======"))
    except (binascii.Error, ValueError):
        return None
    user_id = int(pieces[1])
    return Reply(relay, user_id) if hmac.compare_digest(pieces[2], _mark(relay, user_id, secret)) else None


def _body(relay: UUID, user_id: int) -> str:
    return f"{base64.b32encode(relay.bytes).decode().rstrip('=').lower()}.{user_id}"


def _mark(relay: UUID, user_id: int, secret: str) -> str:
    """80 bits: nobody tries so many addresses of a mail server."""
    made = hmac.new(f"reply {secret}".encode(), _body(relay, user_id).encode(), hashlib.sha256).digest()
    return base64.b32encode(made[:10]).decode().lower()
