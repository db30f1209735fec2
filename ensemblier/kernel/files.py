"""What a file is, told from its content and never from its name; the names under which files are given back."""

import io
import re
import zipfile
from enum import StrEnum

from ensemblier.kernel.words import marked

MAX_BYTES = 10_000_000
MAX_NAME = 120


class FileType(StrEnum):
    """What can be told apart: texts, tables, slides, pictures that run nothing. No SVG, no HTML: they run scripts."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    ODT = "application/vnd.oasis.opendocument.text"
    ODS = "application/vnd.oasis.opendocument.spreadsheet"
    ODP = "application/vnd.oasis.opendocument.presentation"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"

    @property
    def suffix(self) -> str:
        """The ending of a file of this kind."""
        return f".{self.name.lower()}" if self is not FileType.JPEG else ".jpg"

    @property
    def label(self) -> str:
        """The name that people use."""
        if self in _PICTURES:
            return marked("image")
        if self in (FileType.ODS, FileType.XLSX):
            return marked("tableau")
        if self in (FileType.ODP, FileType.PPTX):
            return marked("diaporama")
        return "PDF" if self is FileType.PDF else marked("texte")


_PICTURES = frozenset({FileType.PNG, FileType.JPEG})
_STARTS = (
    (b"%PDF-", FileType.PDF), (b"\x89PNG\r\n\x1a\n", FileType.PNG), (b"\xff\xd8\xff", FileType.JPEG),
)  # fmt: skip
_OFFICE = {
    "word/document.xml": FileType.DOCX,
    "xl/workbook.xml": FileType.XLSX,
    "ppt/presentation.xml": FileType.PPTX,
}
_OPEN = {kind.value.encode(): kind for kind in (FileType.ODT, FileType.ODS, FileType.ODP)}
_MACROS = re.compile(r"vbaProject|\.bin$|Basic/|Scripts/", re.I)
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


def type_of(content: bytes) -> FileType | None:
    """The type of a content; None for all others, and for a document with a macro."""
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def _office_type(content: bytes) -> FileType | None:
    """An office document without any macro; only the list of the archive is read, nothing is unpacked but 80 bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(_MACROS.search(name) for name in names):
                return None
            if "[Content_Types].xml" in names:
                return next((kind for part, kind in _OFFICE.items() if part in names), None)
            if names[:1] != ["mimetype"]:
                return None
            with archive.open("mimetype") as first:
                return _OPEN.get(first.read(80))
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None


def tidy_name(name: str, suffix: str) -> str:
    """A name that no disk and no reader can misread, with the ending of what the file is (`suffix`: ".pdf")."""
    bare = _NOT_IN_A_NAME.sub(" ", name).strip(" .")
    stem = bare.rsplit(".", 1)[0] if re.search(r"\.\w{1,5}$", bare) else bare
    return (" ".join(stem.split())[: MAX_NAME - 6] or "document") + suffix
