"""Documents named one by one: what may be kept."""

from dataclasses import dataclass
from enum import StrEnum

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.files import MAX_BYTES, FileType, tidy_name, type_of
from ensemblier.kernel.words import marked


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
        return FileType(self.value).suffix

    @property
    def label(self) -> str:
        """The name that people use."""
        return FileType(self.value).label


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
    found = type_of(content)
    if found is None or found.value not in set(MediaType):
        raise BadInput("Ce fichier n’est ni un PDF, ni une image, ni un texte (ODT, DOCX) lisible.", field="file")
    return Received(tidy_name(name, found.suffix), MediaType(found.value), len(content))
