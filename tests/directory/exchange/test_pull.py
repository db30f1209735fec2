"""Downloads against a local server that answers as the national ones do, on good days and bad."""

import bz2
import gzip
import io
import json
import tarfile
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from ensemblier.directory.actions.imports.file import ImportOptions
from ensemblier.directory.actions.imports.pull import pull
from ensemblier.directory.adapters.download import download
from ensemblier.directory.core.exchange.report import ImportReport
from ensemblier.directory.models import ImportRun, Site, Source
from ensemblier.kernel.actor import SYSTEM
from ensemblier.kernel.errors import BadInput, SourceUnavailable
from tests.directory.exchange.core.test_formats import COUNTER
from tests.directory.exchange.files import ON, figures, ground

DILA = json.dumps({"service": [COUNTER]}).encode()
FRANCE_SERVICES = (
    b"id_fs,lib_fs,insee_com,latitude,longitude,h_lundi\n1,France services de Gap,05061,44.56,6.08,09:00 - 12:00\n"
)


def tar_bz2(content: bytes) -> bytes:
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w") as archive:
        member = tarfile.TarInfo("20261122-data.gouv_local.json")
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return bz2.compress(file.getvalue())


def zipped(content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("data.json", content)
    return file.getvalue()


class National(BaseHTTPRequestHandler):
    """The national servers: plain, packed, moved, out of order, cut."""

    failures = 0

    def do_GET(self) -> None:  # noqa: N802 – the name that http.server wants
        """Answer according to the path."""
        host = f"http://{self.headers['Host']}"
        name = self.path.strip("/")
        if name == "moved":
            self._head(302, {"Location": f"{host}/all_latest.tar.bz2"})
        elif name == "loop":
            self._head(302, {"Location": f"{host}/loop"})
        elif name in {"error", "absent"}:
            self._head(500 if name == "error" else 404, {"Content-Length": "0"})
        elif name == "hiccup" and National.failures < 1:
            National.failures += 1
            self._head(503, {"Content-Length": "0"})
        elif name == "cut":
            self._head(200, {"Content-Length": "1000000"})
            self.wfile.write(b'{"service": [')
        elif name == "gzip":
            self._body(gzip.compress(DILA), {"Content-Encoding": "gzip"})
        else:
            self._body(self._named(name, host), {})

    def _named(self, name: str, host: str) -> bytes:
        resources = [
            {"format": "csv", "url": f"{host}/old.csv", "last_modified": "2024-01-01"},
            {"format": "CSV", "url": f"{host}/new.csv", "last_modified": "2026-08-01"},
            {"format": "pdf", "url": f"{host}/notice.pdf", "last_modified": "2026-09-01"},
        ]
        bodies = {
            "all_latest.tar.bz2": tar_bz2(DILA),
            "data.zip": zipped(DILA),
            "dila.json.gz": gzip.compress(DILA),
            "new.csv": FRANCE_SERVICES,
            "dataset": json.dumps({"title": "France services", "resources": resources}).encode(),
        }
        return bodies.get(name, DILA)

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _body(self, content: bytes, headers: dict[str, str]) -> None:
        self._head(200, {"Content-Length": str(len(content)), **headers})
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 – the base class names it so
        """Silent."""


@pytest.fixture(scope="module")
def national() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), National)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


def pulled(code: str, url: str) -> ImportReport:
    return pull(code, url=url, options=ImportOptions(), actor=SYSTEM, on=ON)


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["moved", "all_latest.tar.bz2", "data.zip", "dila.json.gz", "gzip", "dila.json"])
def test_the_national_directory_in_every_packing(national: str, path: str) -> None:
    ground()
    assert figures(pulled("dila", f"{national}/{path}")) == (1, 0, 0, 0)
    run = ImportRun.objects.get()
    assert run.address == f"{national}/{path}"
    source = Source.objects.get(code="dila-annuaire")
    assert source.mention
    assert source.file_name
    assert source.file_date is not None


@pytest.mark.django_db
def test_france_services_from_the_description_of_the_data_set(national: str) -> None:
    ground()
    assert figures(pulled("france-services", f"{national}/dataset")) == (1, 0, 0, 0)
    assert Site.objects.get().hours_osm == "Mo 09:00-12:00"
    assert ImportRun.objects.get().address == f"{national}/new.csv"


@pytest.mark.django_db
@pytest.mark.parametrize(("path", "what"), [("absent", "a répondu 404"), ("loop", "renvoie sans fin")])
def test_a_source_that_refuses_leaves_nothing(national: str, path: str, what: str) -> None:
    with pytest.raises(SourceUnavailable, match=what):
        pulled("dila", f"{national}/{path}")
    assert not ImportRun.objects.exists()


@pytest.mark.parametrize(("path", "what"), [("error", "a répondu 500"), ("cut", "coupé la connexion")])
def test_a_source_out_of_order_is_tried_again_then_named(national: str, tmp_path: Path, path: str, what: str) -> None:
    with pytest.raises(SourceUnavailable, match=what):
        download(f"{national}/{path}", tmp_path, pause=0)


def test_a_hiccup_is_forgiven(national: str, tmp_path: Path) -> None:
    National.failures = 0
    assert download(f"{national}/hiccup", tmp_path, pause=0).read_bytes() == DILA


def test_nobody_listens(tmp_path: Path) -> None:
    with pytest.raises(SourceUnavailable, match="injoignable"):
        download("http://127.0.0.1:9/x", tmp_path, pause=0)


def test_only_the_web_is_read(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="http"):
        download("file:///etc/passwd", tmp_path)


def test_an_unknown_source_names_the_known_ones() -> None:
    with pytest.raises(BadInput, match="france-services"):
        pulled("autre", "")
