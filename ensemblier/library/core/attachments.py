"""Files of a resource: what may be kept."""

from dataclasses import dataclass

from ensemblier.kernel.errors import BadInput
from ensemblier.kernel.files import MAX_BYTES, FileType, tidy_name, type_of

MAX_FILES = 20


@dataclass(frozen=True, slots=True)
class Looked:
    """A file after it was looked at."""

    name: str
    media_type: FileType
    size: int


def looked_at(name: str, content: bytes) -> Looked:
    """What this file is. Raises BadInput with what to do when it cannot be kept."""
    if not content:
        raise BadInput("Ce fichier est vide.", field="file")
    if len(content) > MAX_BYTES:
        raise BadInput("Ce fichier dépasse 10 Mo : réduisez-le, ou donnez plutôt un lien.", field="file")
    media_type = type_of(content)
    if media_type is None:
        raise BadInput(
            "Ce fichier n’est ni un PDF, ni une image (PNG, JPEG), ni un document de bureau sans macro.", field="file"
        )
    return Looked(tidy_name(name, media_type.suffix), media_type, len(content))
