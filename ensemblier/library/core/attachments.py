"""Files of a resource: what may be kept, told from the content and never from the name."""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import marked

MAX_BYTES = 10_000_000
MAX_NAME = 120
MAX_FILES = 20


class AttachmentType(StrEnum):
    """What is accepted: texts, tables, slides and pictures that run nothing. No SVG, no HTML: they run scripts."""

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
        return f".{self.name.lower()}" if self is not AttachmentType.JPEG else ".jpg"

    @property
    def label(self) -> str:
        """The name that people use."""
        if self in _PICTURES:
            return marked("image")
        if self in (AttachmentType.ODS, AttachmentType.XLSX):
            return marked("tableau")
        if self in (AttachmentType.ODP, AttachmentType.PPTX):
            return marked("diaporama")
        return "PDF" if self is AttachmentType.PDF else marked("texte")


_PICTURES = frozenset({AttachmentType.PNG, AttachmentType.JPEG})
_STARTS = (
    (b"%PDF-", AttachmentType.PDF), (b"\x89PNG\r\n\x1a\n", AttachmentType.PNG), (b"\xff\xd8\xff", AttachmentType.JPEG),
)  # fmt: skip
_OFFICE = {
    "word/document.xml": AttachmentType.DOCX,
    "xl/workbook.xml": AttachmentType.XLSX,
    "ppt/presentation.xml": AttachmentType.PPTX,
}
_OPEN = {kind.value.encode(): kind for kind in (AttachmentType.ODT, AttachmentType.ODS, AttachmentType.ODP)}
_MACROS = re.compile(r"vbaProject|\.bin$|Basic/|Scripts/", re.I)
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Looked:
    """A file after it was looked at."""

    name: str
    media_type: AttachmentType
    size: int


def looked_at(name: str, content: bytes) -> Looked:
    """What this file is. Raises BadInput with what to do when it cannot be kept."""
    if not content:
        raise BadInput("Ce fichier est vide.", field="file")
    if len(content) > MAX_BYTES:
        raise BadInput("Ce fichier dépasse 10 Mo : réduisez-le, ou donnez plutôt un lien.", field="file")
    media_type = _type_of(content)
    if media_type is None:
        raise BadInput(
            "Ce fichier n’est ni un PDF, ni une image (PNG, JPEG), ni un document de bureau sans macro.", field="file"
        )
    return Looked(tidy_name(name, media_type), media_type, len(content))


def _type_of(content: bytes) -> AttachmentType | None:
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def _office_type(content: bytes) -> AttachmentType | None:
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


def tidy_name(name: str, media_type: AttachmentType) -> str:
    """A name that no disk and no reader can misread, with the ending of what the file is."""
    bare = _NOT_IN_A_NAME.sub(" ", name).strip(" .")
    stem = bare.rsplit(".", 1)[0] if re.search(r"\.\w{1,5}$", bare) else bare
    return (" ".join(stem.split())[: MAX_NAME - 6] or "document") + media_type.suffix
