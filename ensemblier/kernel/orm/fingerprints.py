"""One-way marks: counting what comes from one machine without keeping its address.

Keyed by the secret of the installation: who reads the table alone cannot try the four thousand million addresses.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from django.utils.crypto import salted_hmac


def fingerprint(text: str, *, purpose: str) -> str:
    """64 hexadecimal digits; the same text has another mark for another purpose."""
    return salted_hmac(f"ensemblier.{purpose}", text.strip().casefold(), algorithm="sha256").hexdigest()


def machine_of(address: str) -> str:
    """What one visitor holds: an IPv4 address, the /64 network of an IPv6 one; any other text as it came."""
    try:
        known = ip_address(address.strip())
    except ValueError:
        return address.strip()
    if isinstance(known, IPv6Address):
        mapped = known.ipv4_mapped
        return str(mapped) if mapped else str(ip_network((known, 64), strict=False))
    return str(known)
