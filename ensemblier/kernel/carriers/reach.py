"""A client of the web that only reaches public addresses: what a source answers never leads into our own network.

Every hop is looked at (redirects included). The address that was looked at is the one that is called, so that a name
cannot mean another machine a moment later. Behind a proxy of the environment, which finds names by itself, private
addresses and names that lead to one here are refused as well.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.request import getproxies

import httpx

_NAT64 = ip_network("64:ff9b::/96")
Address = IPv4Address | IPv6Address


class PrivateAddress(httpx.TransportError):
    """An address of a private, local or special network; its words name the host."""


def public_client(*, chosen: str, timeout: httpx.Timeout, agent: str = "") -> httpx.Client:
    """Follows at most ten redirects. `chosen`: the address that whoever runs the command gave or let stand; its own
    origin (scheme, name, port) is believed, even private: a mirror in the same building, the server of a test."""
    believed = _origin(httpx.URL(chosen))
    headers = {"User-Agent": agent} if agent else {}
    if getproxies():
        hooks = {"request": [lambda request: _refuse(request, believed)]}
        return httpx.Client(
            follow_redirects=True, max_redirects=10, timeout=timeout, headers=headers, event_hooks=hooks
        )
    transport = _PublicOnly(believed)
    return httpx.Client(follow_redirects=True, max_redirects=10, timeout=timeout, headers=headers, transport=transport)


def is_public(address: Address) -> bool:
    """Whether the whole Internet may know it, whatever it is wrapped in."""
    if isinstance(address, IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast and not address.is_reserved


class _PublicOnly(httpx.HTTPTransport):
    """Calls the address that it has looked at; the name stays in the headers and in the certificate's check."""

    def __init__(self, believed: tuple[str, str, int | None]) -> None:
        super().__init__()
        self.believed = believed

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if _origin(request.url) != self.believed:
            found = _looked_at(request.url)
            request.extensions = {**request.extensions, "sni_hostname": request.url.host}
            request.url = request.url.copy_with(host=str(found))
        return super().handle_request(request)


def _refuse(request: httpx.Request, believed: tuple[str, str, int | None]) -> None:
    if _origin(request.url) == believed:
        return
    try:
        _looked_at(request.url)
    except PrivateAddress:
        raise
    except httpx.ConnectError:
        return  # the proxy may know the name


def _looked_at(url: httpx.URL) -> Address:
    """One address of the host. Raises PrivateAddress when any of them is not public, ConnectError when it has none."""
    try:
        entries = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpx.ConnectError(f"{url.host}: {error}") from error
    found = [ip_address(str(entry[4][0]).partition("%")[0]) for entry in entries]
    if not found or not all(map(is_public, found)):
        raise PrivateAddress(url.host)
    return found[0]


def _origin(url: httpx.URL) -> tuple[str, str, int | None]:
    return url.scheme, url.host, url.port
