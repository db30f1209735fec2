"""Opening files of unknown origin: archives are unpacked within limits, the encoding of a text is found out."""

import bz2
import codecs
import gzip
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from ensemblier.kernel.errors import BadInput

LARGEST = 3_000_000_000  # bytes once unpacked: the national directory of counters is 0.3 GB
WORST_RATIO = 400  # tables of text shrink 5 to 60 times; a bomb, thousands
LARGEST_WORKBOOK = 500_000_000
_DATA = (".json", ".jsonl", ".csv", ".tsv", ".txt", ".xlsx", ".geojson")
_BLOCK = 1 << 20


def unpacked(path: Path, folder: Path) -> Path:
    """The data file that `path` is or contains (gzip, bzip2, xz, zip, tar), unpacked in `folder`.

    In an archive of several files, the largest JSON, CSV or XLSX one. Raises BadInput for anything oversized.
    """
    if not path.is_file():
        raise BadInput(
            "Le fichier « %(name)s » n'existe pas ou n'est pas un fichier.", values={"name": path.name}, field="file"
        )
    try:
        return _unpack(path, folder, depth=0)
    except (zipfile.BadZipFile, tarfile.TarError, EOFError, lzma.LZMAError, OSError, zipfile.LargeZipFile) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(
            "L'archive « %(name)s » est abîmée : téléchargez-la de nouveau. (%(error)s)",
            values={"name": path.name, "error": error},
        ) from error


def _unpack(path: Path, folder: Path, depth: int) -> Path:
    if depth > 3:
        raise BadInput("« %(name)s » : archives emboîtées trop profondément.", values={"name": path.name})
    with path.open("rb") as file:
        head = file.read(6)
    opener = _opener(head)
    if opener is not None:
        target = folder / f"{depth}-{path.stem or 'data'}"
        with opener(path) as source, target.open("wb") as copy:
            _copy(source, copy, limit=_limit_for(path.stat().st_size))
        return _unpack(target, folder, depth + 1)
    if tarfile.is_tarfile(path):
        return _unpack(_from_tar(path, folder, depth), folder, depth + 1)
    if head[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(path) as archive:
            if "[Content_Types].xml" in archive.namelist():
                _check_workbook(archive, path.name)
                return path
            return _unpack(_from_zip(archive, path, folder, depth), folder, depth + 1)
    return path


def _opener(head: bytes) -> Callable[[Path], Any] | None:
    if head[:2] == b"\x1f\x8b":
        return lambda path: gzip.open(path, "rb")
    if head[:3] == b"BZh":
        return lambda path: bz2.open(path, "rb")
    if head == b"\xfd7zXZ\x00":
        return lambda path: lzma.open(path, "rb")
    return None


def _limit_for(packed: int) -> int:
    return min(LARGEST, max(10_000_000, packed * WORST_RATIO))


def _copy(source: IO[bytes], target: IO[bytes], limit: int) -> None:
    written = 0
    while block := source.read(_BLOCK):
        written += len(block)
        if written > limit:
            raise BadInput("Archive piégée : son contenu est démesuré par rapport à sa taille. Rien n'a été importé.")
        target.write(block)


def _rank(name: str, size: int) -> tuple[bool, int]:
    return (name.lower().endswith(_DATA), size)


def _from_tar(path: Path, folder: Path, depth: int) -> Path:
    with tarfile.open(path) as archive:
        members = [member for member in archive if member.isfile()]
        if not members:
            raise BadInput("L'archive « %(name)s » ne contient aucun fichier.", values={"name": path.name})
        best = max(members, key=lambda member: _rank(member.name, member.size))
        source = archive.extractfile(best)
        if source is None:
            raise BadInput("L'archive « %(name)s » est illisible.", values={"name": path.name})
        target = folder / f"{depth}-{Path(best.name).name}"
        with source, target.open("wb") as copy:
            _copy(source, copy, limit=LARGEST)
        return target


def _from_zip(archive: zipfile.ZipFile, path: Path, folder: Path, depth: int) -> Path:
    members = [member for member in archive.infolist() if not member.is_dir()]
    if not members:
        raise BadInput("L'archive « %(name)s » ne contient aucun fichier.", values={"name": path.name})
    best = max(members, key=lambda member: _rank(member.filename, member.file_size))
    target = folder / f"{depth}-{Path(best.filename).name or 'data'}"
    with archive.open(best) as source, target.open("wb") as copy:
        _copy(source, copy, limit=_limit_for(best.compress_size))
    return target


def _check_workbook(archive: zipfile.ZipFile, name: str) -> None:
    for member in archive.infolist():
        if member.file_size > LARGEST_WORKBOOK or (
            member.file_size > 10_000_000 and member.file_size > WORST_RATIO * max(1, member.compress_size)
        ):
            raise BadInput(
                "Le classeur « %(name)s » est piégé ou démesuré (%(filename)s). Rien n'a été importé.",
                values={"name": name, "filename": member.filename},
            )


def encoding_of(path: Path) -> str:
    """The codec to read the text with: what its byte-order mark says, UTF-16 without one, UTF-8, else Windows-1252.

    A file that is UTF-8 but for a few broken places is read as UTF-8: only the rows concerned will be set aside.
    """
    with path.open("rb") as file:
        head = file.read(4096)
        if head.startswith(codecs.BOM_UTF8):
            return "utf-8-sig"
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return "utf-16"
        if head[1::2].count(0) > len(head) // 4:
            return "utf-16-le"
        if head[::2].count(0) > len(head) // 4:
            return "utf-16-be"
        file.seek(0)
        accents, broken = _count_utf8(file)
    return "utf-8" if not broken or accents > broken else "cp1252"


def _count_utf8(file: IO[bytes]) -> tuple[int, int]:
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    accents = broken = 0
    while block := file.read(_BLOCK):
        text = decoder.decode(block)
        if not text.isascii():
            bad = text.count("\ufffd")
            broken += bad
            accents += sum(not character.isascii() for character in text) - bad
    return accents, broken + decoder.decode(b"", final=True).count("\ufffd")
