"""Repositories to harvest, on this machine: a real OAI-PMH provider, and servers that wish us harm.

The record of the founding study has the shape that HAL gives; its facts are those of its notice, written again by us.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import oai_repo
from lxml import etree

HERE = Path(__file__).parent
STUDY = "oai:HAL:halshs-02894754v1"
STUDY_DC = (HERE / "study_dc.xml").read_text(encoding="utf-8")
STUDY_TEI = (HERE / "study_tei.xml").read_text(encoding="utf-8")


def simple(title: str) -> str:
    """A small record of Dublin Core."""
    return (
        '<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></oai_dc:dc>'
    )


@dataclass
class Provider(oai_repo.DataInterface):  # type: ignore[misc]
    """What the provider of `oai-repo` serves: records by identifier, with their day; "" = deleted."""

    base_url: str = ""
    records: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    tei: dict[str, str] = field(default_factory=dict)
    limit: int = 3

    def get_identify(self) -> Any:
        return oai_repo.Identify(
            "Essai", self.base_url, ["essai@exemple.fr"], datetime(2014, 1, 1, tzinfo=UTC), "persistent", "YYYY-MM-DD"
        )

    def is_valid_identifier(self, identifier: str) -> bool:
        return identifier in self.records

    def get_metadata_formats(self, identifier: str | None = None) -> list[Any]:
        dc = "http://www.openarchives.org/OAI/2.0/oai_dc"
        return [
            oai_repo.MetadataFormat("oai_dc", f"{dc}.xsd", f"{dc}/"),
            oai_repo.MetadataFormat("xml-tei", "http://www.tei-c.org/tei.xsd", "http://www.tei-c.org/ns/1.0"),
        ]

    def get_record_header(self, identifier: str) -> Any:
        text, day = self.records[identifier]
        return oai_repo.RecordHeader(identifier, day, [], None if text else "deleted")

    def get_record_metadata(self, identifier: str, metadataprefix: str) -> Any:
        text = self.tei.get(identifier, "") if metadataprefix == "xml-tei" else self.records[identifier][0]
        return etree.fromstring(text) if text else None

    def get_record_abouts(self, identifier: str) -> list[Any]:
        return []

    def list_set_specs(self, identifier: str | None = None, cursor: int = 0) -> tuple[list[str], int, Any]:
        return [], 0, None

    def get_set(self, setspec: str) -> Any:
        raise NotImplementedError

    def list_identifiers(
        self,
        metadataprefix: str,
        filter_from: Any = None,
        filter_until: Any = None,
        filter_set: Any = None,
        cursor: int = 0,
    ) -> tuple[list[str], int, Any]:
        held = self.tei if metadataprefix == "xml-tei" else self.records
        days = {name: self.records[name][1].date() for name in held}
        since = filter_from.date() if filter_from else None
        names = [name for name, day in days.items() if since is None or day >= since]
        return names[cursor : cursor + self.limit], len(names), {"n": len(names)}


Answer = Callable[[dict[str, str]], tuple[int, dict[str, str], bytes | Iterator[bytes]]]


@contextmanager
def serving(answer: Answer) -> Iterator[str]:
    """The address of a server on this machine that answers so, for the block."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802 - the name http.server calls
            status, headers, body = answer(dict(parse_qsl(urlsplit(self.path).query)))
            self.send_response(status)
            for name, value in {"Content-Type": "text/xml; charset=utf-8", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                for block in [body] if isinstance(body, bytes) else body:
                    self.wfile.write(block)
            except OSError:
                pass  # the harvester left, as it should

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/oai"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


@contextmanager
def provided(provider: Provider) -> Iterator[str]:
    """The address of a real OAI-PMH server that gives what `provider` holds."""
    repository = oai_repo.OAIRepository(provider)
    with serving(lambda asked: (200, {}, bytes(repository.process(asked)))) as url:
        provider.base_url = url
        yield url
