"""Real servers for the carriers: SMTP (aiosmtpd) and HTTP, on free ports of the loopback."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope


@dataclass
class Mailbox:
    """What an SMTP server received. `answers`: what it says to the next letters ("250 OK" when there is none left)."""

    letters: list[EmailMessage] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    url: str = ""

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer.startswith("250"):
            assert isinstance(envelope.content, bytes)
            letter = message_from_bytes(envelope.content, policy=policy.default)
            assert isinstance(letter, EmailMessage)
            self.letters.append(letter)
        return answer


class _OnFreePort(Controller):
    """The free port is only known once it listens; the controller then makes a first connection of its own."""

    def _trigger_server(self) -> None:
        listening: Any = self.server
        self.port = listening.sockets[0].getsockname()[1]
        super()._trigger_server()  # type: ignore[no-untyped-call]


@contextmanager
def smtp_server(*answers: str) -> Iterator[Mailbox]:
    """A mail server that takes letters."""
    box = Mailbox(answers=list(answers))
    controller = _OnFreePort(box, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        box.url = f"smtp://127.0.0.1:{controller.port}"
        yield box
    finally:
        controller.stop()


@dataclass
class Calls:
    """What an HTTP server received: (path, headers, body). `answers`: (status, headers) of the next ones."""

    received: list[tuple[str, dict[str, str], str]] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    url: str = ""


@contextmanager
def http_server(*answers: tuple[int, dict[str, str]]) -> Iterator[Calls]:
    """A server that takes POST."""
    calls = Calls(answers=list(answers))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            calls.received.append((self.path, dict(self.headers), body))
            status, headers = calls.answers.pop(0) if calls.answers else (200, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        calls.url = f"http://127.0.0.1:{server.server_port}/"
        yield calls
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
