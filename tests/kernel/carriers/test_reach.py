"""A download never ends in our own network, wherever a real server sends it."""

import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path

import httpx
import pytest

from ensemblier.directory.adapters import download as of_directory
from ensemblier.directory.adapters.download import download
from ensemblier.kernel.carriers import reach
from ensemblier.kernel.carriers.reach import PrivateAddress, is_public, public_client
from ensemblier.kernel.errors import SourceUnavailable
from ensemblier.territory.adapters.download import download as download_territory

SECRET = b"what only this building may read"
PRIVATE = (
    "http://127.0.0.1:{port}/secret",
    "http://localhost:{port}/secret",
    "http://[::1]:{port}/secret",
    "http://[::ffff:127.0.0.1]:{port}/secret",
    "http://0.0.0.0:{port}/secret",
    "http://2130706433:{port}/secret",
    "http://0x7f000001:{port}/secret",
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/secret",
    "http://192.168.1.1/secret",
    "http://[fe80::1]/secret",
    "http://[fd00::1]/secret",
    "http://[64:ff9b::7f00:1]/secret",
    "http://100.64.0.1/secret",
)


class Inside(BaseHTTPRequestHandler):
    """A machine of the building, that a redirect must not reach."""

    asked = 0

    def do_GET(self) -> None:
        """Its secret."""
        Inside.asked += 1
        self.send_response(200)
        self.send_header("Content-Length", str(len(SECRET)))
        self.end_headers()
        self.wfile.write(SECRET)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Silent."""


class Outside(Inside):
    """The source: sends where its path says, once through itself when the path begins with `twice`."""

    leads_to = ""

    def do_GET(self) -> None:
        """A redirect."""
        self.send_response(302)
        first = self.path.startswith("/twice")
        self.send_header("Location", "/once" if first else Outside.leads_to)
        self.send_header("Content-Length", "0")
        self.end_headers()


def served(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    """The port of a real server."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def inside() -> Iterator[int]:
    Inside.asked = 0
    yield from served(Inside)


@pytest.fixture
def outside() -> Iterator[int]:
    yield from served(Outside)


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine of the tests goes through."""
    monkeypatch.setattr(reach, "getproxies", dict)


@pytest.mark.parametrize("address", PRIVATE)
@pytest.mark.parametrize("path", ["once", "twice"])
def test_no_redirect_leads_inside(inside: int, outside: int, tmp_path: Path, address: str, path: str) -> None:
    Outside.leads_to = address.format(port=inside)
    with pytest.raises(SourceUnavailable, match="adresse privée|injoignable"):
        download(f"http://127.0.0.1:{outside}/{path}", tmp_path, pause=0)
    with pytest.raises(SourceUnavailable, match="adresse privée|ne répond pas"):
        download_territory(f"http://127.0.0.1:{outside}/{path}", tmp_path / "file")
    assert Inside.asked == 0


def test_nor_does_an_address_found_in_what_was_asked_for(inside: int, outside: int, tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="adresse privée"):
        download(f"http://127.0.0.1:{inside}/secret", tmp_path, chosen=f"http://127.0.0.1:{outside}/", pause=0)
    assert Inside.asked == 0


def test_behind_a_proxy_private_addresses_are_refused_too(
    inside: int, outside: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reach, "getproxies", lambda: {"http": "http://proxy.example"})
    Outside.leads_to = f"http://127.0.0.1:{inside}/secret"
    with pytest.raises(SourceUnavailable, match="adresse privée"):
        download(f"http://127.0.0.1:{outside}/once", tmp_path, pause=0)
    assert Inside.asked == 0


def test_what_the_command_names_is_believed(inside: int, tmp_path: Path) -> None:
    assert download(f"http://127.0.0.1:{inside}/secret", tmp_path).read_bytes() == SECRET


def test_without_the_look_the_secret_would_leave(
    inside: int, outside: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The seeded fault: an ordinary client follows."""

    def ordinary(**_given: object) -> httpx.Client:
        return httpx.Client(follow_redirects=True)

    monkeypatch.setattr(of_directory, "public_client", ordinary)
    Outside.leads_to = f"http://127.0.0.1:{inside}/secret"
    assert download(f"http://127.0.0.1:{outside}/twice", tmp_path, pause=0).read_bytes() == SECRET


def test_the_machine_that_was_looked_at_is_the_one_that_is_called(inside: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that meant a public machine when it was looked at is not asked for again."""
    asked: list[str] = []

    def names(host: str, port: int, **_given: object) -> list[tuple[object, ...]]:
        asked.append(host)
        return [(None, None, None, "", ("93.184.215.14" if host == "changes.example" else host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", names)
    seen: list[httpx.Request] = []

    def call(_self: object, request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200)

    monkeypatch.setattr(httpx.HTTPTransport, "handle_request", call)
    with public_client(chosen="https://source.example/", timeout=httpx.Timeout(5)) as client:
        client.get("https://changes.example/file")
    assert asked == ["changes.example"]
    assert seen[0].url.host == "93.184.215.14"
    assert seen[0].headers["Host"] == "changes.example"
    assert seen[0].extensions["sni_hostname"] == "changes.example"


@pytest.mark.parametrize(
    ("address", "public"),
    (
        ("93.184.215.14", True),
        ("2a00:1450:4007::1", True),
        ("10.1.2.3", False),
        ("::ffff:10.1.2.3", False),
        ("2002:0a01:0203::1", False),
        ("224.0.0.1", False),
        ("255.255.255.255", False),
        ("::", False),
    ),
)
def test_public_addresses(address: str, public: bool) -> None:
    assert is_public(ip_address(address)) is public


def test_a_name_that_leads_nowhere_is_a_connection_that_fails() -> None:
    client = public_client(chosen="https://source.example/", timeout=httpx.Timeout(5))
    with client, pytest.raises(httpx.ConnectError) as failed:
        client.get("https://nulle-part.invalid/")
    assert not isinstance(failed.value, PrivateAddress)
