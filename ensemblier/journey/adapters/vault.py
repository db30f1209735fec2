"""The vault: documents on disk, encrypted, under random names that say nothing. No document is ever served from there.

Each file is sealed with a key of its own name: two files swapped on the disk do not open.
"""

from pathlib import Path

from django.conf import settings

from ensemblier.kernel.carriers import disk
from ensemblier.kernel.errors import NotFound, SourceUnavailable
from ensemblier.kernel.orm.sealed import WrongKey, seal, unseal

LOST = "Ce document n’est plus lisible dans le coffre. Demandez-le de nouveau à la personne, et prévenez l’exploitant."


def put(content: bytes) -> str:
    """Keep a content; returns its name in the vault. Raises SourceUnavailable when the disk refuses it."""
    name = disk.new_name()
    try:
        disk.write(_folder(), name, seal(content, purpose=_purpose(name)))
    except OSError as error:
        raise SourceUnavailable("Le coffre des documents ne répond pas : rien n’a été gardé. Réessayez.") from error
    return name


def get(name: str) -> bytes:
    """A content. Raises NotFound when it is gone, or no longer opens."""
    try:
        return unseal(disk.read(_folder(), name), purpose=_purpose(name))
    except (OSError, WrongKey) as error:
        raise NotFound(LOST) from error


def destroy(name: str) -> None:
    """Take a content away for good; nothing when it is already gone."""
    disk.destroy(_folder(), name)


def kept() -> frozenset[str]:
    """The names of everything that the vault holds: to compare with the rows."""
    return frozenset(path.name for path in _folder().glob("??/*") if path.suffix == "")


def _folder() -> Path:
    return Path(settings.DOCUMENTS_FOLDER)


def _purpose(name: str) -> str:
    return f"document:{name}"
