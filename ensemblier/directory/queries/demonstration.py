"""Reads: whether the demonstration was ever loaded here, and whether it is here now."""

from ensemblier.directory.models import Organisation, Source

SOURCE_CODE = "demonstration"


def was_ever_loaded() -> bool:
    """True once loaded, even if it was removed since: nobody wants it back at the next start."""
    return Source.objects.filter(code=SOURCE_CODE).exists()


def is_loaded() -> bool:
    """Whether fictitious organisations of the demonstration stand in the directory."""
    return Organisation.objects.filter(source__code=SOURCE_CODE).exists()
