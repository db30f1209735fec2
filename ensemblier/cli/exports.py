"""`ensemblier export`: the directory in the formats that others read. A file is whole or absent, never half written."""

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console

from ensemblier.cli.output import AsJson, print_json
from ensemblier.cli.words import _
from ensemblier.kernel.errors import BadInput

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="Exporte l'annuaire : data·inclusion, HSDS, GeoJSON, CSV.",
)

OutDir = Annotated[Path, typer.Option("--out", help="Dossier où écrire ; il est créé s'il manque.")]
OutFile = Annotated[Path, typer.Option("--out", help="Fichier à écrire.")]
Demo = Annotated[bool, typer.Option("--demonstration", help="Exporter la démonstration fictive, et elle seule.")]
Networks = Annotated[list[str] | None, typer.Option("--network", help="Ne garder que ce réseau (répétable).")]


def _scope(demonstration: bool, networks: list[str] | None) -> Any:
    from ensemblier.directory.queries.exports.rows import Scope

    today = date.today()  # noqa: DTZ011 – the day of the person at the terminal
    return Scope(on=today, networks=frozenset(networks or ()), fictitious=demonstration)


@contextmanager
def _whole_file(path: Path, *, newline: str | None = None, encoding: str = "utf-8") -> Iterator[TextIO]:
    """A file that takes its name only once it is complete."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    except OSError as error:
        raise BadInput(
            "Impossible d'écrire « %(path)s » : %(strerror)s.",
            values={"path": path, "strerror": error.strerror},
            field="out",
        ) from error
    try:
        with os.fdopen(handle, "w", encoding=encoding, newline=newline) as file:
            yield file
        os.chmod(temporary, 0o644)  # noqa: S103 – an export is made to be read by others
        os.replace(temporary, path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _write_list(file: TextIO, rows: Iterable[Any]) -> int:
    count = 0
    file.write("[")
    for row in rows:
        file.write(",\n" if count else "\n")
        file.write(json.dumps(row, ensure_ascii=False, allow_nan=False))
        count += 1
    file.write("\n]\n")
    return count


def _written(path: Path, rows: Iterable[Any]) -> int:
    with _whole_file(path) as file:
        return _write_list(file, rows)


def _say(counts: dict[str, int], as_json: bool) -> None:
    if as_json:
        print_json(counts)
        return
    for path, count in counts.items():
        Console().print(_("%(path)s : %(count)s lignes", path=path, count=count), highlight=False)


@app.command("data-inclusion")
def data_inclusion(out: OutDir, network: Networks = None, demonstration: Demo = False, as_json: AsJson = False) -> None:
    """Écrit structures.json et services.json au schéma data·inclusion v1."""
    from ensemblier.directory.core.exchange import to_data_inclusion as di
    from ensemblier.directory.queries.exports import rows as exports

    scope = _scope(demonstration, network)

    def structures() -> Iterator[Any]:
        for site in exports.sites(scope):
            yield di.structure(site, scope.on)
        for organisation, source in exports.organisations_without_place(scope):
            yield di.structure_without_place(organisation, source, scope.on)

    services = (di.service(offer, scope.on) for offer in exports.offers(scope))
    counts = {
        str(out / "structures.json"): _written(out / "structures.json", structures()),
        str(out / "services.json"): _written(out / "services.json", services),
    }
    _say(counts, as_json)


@app.command("hsds")
def hsds(out: OutDir, network: Networks = None, demonstration: Demo = False, as_json: AsJson = False) -> None:
    """Écrit organizations.json et services.json à la norme HSDS 3.0."""
    from ensemblier.directory.core.exchange import to_hsds
    from ensemblier.directory.queries.exports import rows as exports

    scope = _scope(demonstration, network)

    def organizations() -> Iterator[Any]:
        seen: set[Any] = set()
        for site in exports.sites(scope):
            if site.organisation.uid not in seen:
                seen.add(site.organisation.uid)
                yield to_hsds.organization(site.organisation)
        for organisation, _source in exports.organisations_without_place(scope):
            yield to_hsds.organization(organisation)

    services = (to_hsds.service(offer) for offer in exports.offers(scope))
    counts = {
        str(out / "organizations.json"): _written(out / "organizations.json", organizations()),
        str(out / "services.json"): _written(out / "services.json", services),
    }
    _say(counts, as_json)


@app.command("geojson")
def geojson(out: OutFile, network: Networks = None, demonstration: Demo = False, as_json: AsJson = False) -> None:
    """Écrit les lieux en GeoJSON."""
    from ensemblier.directory.core.exchange.to_tables import feature
    from ensemblier.directory.queries.exports import rows as exports

    with _whole_file(out) as file:
        file.write('{"type": "FeatureCollection", "features": ')
        count = _write_list(file, (feature(site) for site in exports.sites(_scope(demonstration, network))))
        file.write("}\n")
    _say({str(out): count}, as_json)


@app.command("csv")
def table(out: OutFile, network: Networks = None, demonstration: Demo = False, as_json: AsJson = False) -> None:
    """Écrit les lieux en CSV, sans danger à ouvrir dans un tableur ; ce fichier se réimporte tel quel."""
    from ensemblier.directory.core.exchange.to_tables import HEADER, cells
    from ensemblier.directory.queries.exports import rows as exports

    count = 0
    # The byte-order mark makes a spreadsheet read the accents.
    with _whole_file(out, newline="", encoding="utf-8-sig") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(HEADER)
        for site in exports.sites(_scope(demonstration, network)):
            writer.writerow(cells(site))
            count += 1
    _say({str(out): count}, as_json)
