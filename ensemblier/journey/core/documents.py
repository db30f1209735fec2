"""Documents named one by one: what may be kept, told from the content and never from the name."""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.words import marked

MAX_BYTES = 10_000_000
MAX_NAME = 120


class DocumentKind(StrEnum):
    """What a document is, so that it can be found again and shared alone."""

    CV = "cv"
    DIPLOMA = "diploma"
    CONTRACT = "contract"
    QUOTE = "quote"
    FUNDING_FILE = "funding_file"
    LETTER = "letter"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return {
            "cv": marked("CV"),
            "diploma": marked("diplôme ou attestation"),
            "contract": marked("contrat ou promesse d’embauche"),
            "quote": marked("devis"),
            "funding_file": marked("dossier de financement"),
            "letter": marked("courrier"),
            "other": marked("autre document"),
        }[self.value]


class MediaType(StrEnum):
    """What is accepted: texts and pictures that run nothing."""

    PDF = "application/pdf"
    PNG = "image/png"
    JPEG = "image/jpeg"
    ODT = "application/vnd.oasis.opendocument.text"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

    @property
    def suffix(self) -> str:
        """The ending of a file of this kind."""
        return {self.PDF: ".pdf", self.PNG: ".png", self.JPEG: ".jpg", self.ODT: ".odt", self.DOCX: ".docx"}[self]

    @property
    def label(self) -> str:
        """The name that people use."""
        return {
            self.PDF: "PDF",
            self.PNG: marked("image"),
            self.JPEG: marked("image"),
            self.ODT: marked("texte"),
            self.DOCX: marked("texte"),
        }[self]


_STARTS = ((b"%PDF-", MediaType.PDF), (b"\x89PNG\r\n\x1a\n", MediaType.PNG), (b"\xff\xd8\xff", MediaType.JPEG))
_MACROS = re.compile(r"vbaProject|\.bin$|Basic/|Scripts/", re.I)
_NOT_IN_A_NAME = re.compile(r"[\x00-\x1f\x7f/\\:*?\"<>|\u200e\u200f\u202a-\u202e\u2066-\u2069]+")


@dataclass(frozen=True, slots=True)
class Received:
    """A file after it was looked at."""

    name: str
    media_type: MediaType
    size: int


def received(name: str, content: bytes) -> Received:
    """What this file is. Raises BadInput with what to do when it cannot be kept."""
    if not content:
        raise BadInput("Ce fichier est vide.", field="file")
    if len(content) > MAX_BYTES:
        raise BadInput("Ce fichier dépasse 10 Mo : réduisez-le ou numérisez-le en noir et blanc.", field="file")
    media_type = _type_of(content)
    if media_type is None:
        raise BadInput("Ce fichier n’est ni un PDF, ni une image, ni un texte (ODT, DOCX) lisible.", field="file")
    return Received(tidy_name(name, media_type), media_type, len(content))


def _type_of(content: bytes) -> MediaType | None:
    for start, media_type in _STARTS:
        if content.startswith(start):
            return media_type
    return _office_type(content) if content.startswith(b"PK\x03\x04") else None


def _office_type(content: bytes) -> MediaType | None:
    """ODT or DOCX without any macro; only the list of the archive is read, nothing is unpacked but 60 bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = archive.namelist()
            if any(_MACROS.search(name) for name in names):
                return None
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return MediaType.DOCX
            if names[:1] == ["mimetype"]:
                with archive.open("mimetype") as first:
                    is_text = first.read(60) == MediaType.ODT.value.encode()
                return MediaType.ODT if is_text else None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError):
        return None
    return None


def tidy_name(name: str, media_type: MediaType) -> str:
    """A name that no disk and no reader can misread, with the ending of what the file is."""
    bare = _NOT_IN_A_NAME.sub(" ", name).strip(" .")
    stem = bare.rsplit(".", 1)[0] if re.search(r"\.\w{1,5}$", bare) else bare
    return (" ".join(stem.split())[: MAX_NAME - 6] or "document") + media_type.suffix
