"""Providers of identities from the environment: none is offered unless its client is written there.

PROCONNECT_CLIENT_ID, PROCONNECT_CLIENT_SECRET, PROCONNECT_ISSUER and FRANCECONNECT_CLIENT_ID, … of the same form.
"""

import os
from typing import Any

PROCONNECT = {
    "label": "ProConnect",
    "audience": "professionals",
    "issuer": "https://auth.agentconnect.gouv.fr/api/v2",
    "scope": "openid email",
}
FRANCECONNECT = {
    "label": "FranceConnect",
    "audience": "persons",
    "issuer": "https://oidc.franceconnect.gouv.fr/api/v2",
    "scope": "openid",
    "acr_values": ("eidas1", "eidas2", "eidas3"),
    "asks_userinfo": False,
}


def from_environment() -> list[dict[str, Any]]:
    """The providers whose client is set; each value is a field of `accounts.core.oidc.Provider`."""
    found = []
    for key, values in (("proconnect", PROCONNECT), ("franceconnect", FRANCECONNECT)):
        client, secret = (os.environ.get(f"{key.upper()}_{name}", "") for name in ("CLIENT_ID", "CLIENT_SECRET"))
        if client and secret:
            issuer = os.environ.get(f"{key.upper()}_ISSUER", "") or values["issuer"]
            found.append({**values, "key": key, "issuer": issuer, "client_id": client, "client_secret": secret})
    return found
