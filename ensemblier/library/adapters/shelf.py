"""Files of resources on disk, under random names that say nothing. They are served as downloads only."""

from pathlib import Path

from django.conf import settings

from ensemblier.kernel.carriers import disk
from ensemblier.kernel.errors import NotFound, SourceUnavailable


def put(content: bytes) -> str:
    """Keep a content; returns its name. Raises SourceUnavailable when the disk refuses it: nothing stays by halves."""
    name = disk.new_name()
    try:
        disk.write(_folder(), name, content)
    except OSError as error:
        raise SourceUnavailable("Le disque des ressources ne répond pas : rien n’a été gardé. Réessayez.") from error
    return name


def get(name: str) -> bytes:
    """A content. Raises NotFound when it is gone."""
    try:
        return disk.read(_folder(), name)
    except OSError as error:
        raise NotFound("Ce fichier n’est plus sur le disque. Prévenez l’exploitant.") from error


def destroy(name: str) -> None:
    """Take a content away; nothing when it is already gone."""
    disk.destroy(_folder(), name)


def _folder() -> Path:
    return Path(settings.LIBRARY_FOLDER)
