"""Reads: whether the demonstration was ever loaded here, and whether it is here now."""

from collections.abc import Iterable

from ensemblier.directory.core.demonstration.identifiers import uid_of
from ensemblier.directory.models import Organisation, Source

SOURCE_CODE = "demonstration"
OTHER_SOURCE_CODE = "demonstration-autre"
SOURCE_CODES = (SOURCE_CODE, OTHER_SOURCE_CODE)


def was_ever_loaded() -> bool:
    """True once loaded, even if it was removed since: nobody wants it back at the next start."""
    return Source.objects.filter(code=SOURCE_CODE).exists()


def is_loaded() -> bool:
    """Whether fictitious organisations of the demonstration stand in the directory."""
    return Organisation.objects.filter(source__code__in=SOURCE_CODES).exists()


def organisation_names(keys: Iterable[str]) -> dict[str, str]:
    """Names of the demonstration's organisations by the key of their file; a key that is not loaded is absent."""
    uids = {uid_of("organisation", key): key for key in keys}
    rows = Organisation.objects.filter(uid__in=uids).order_by().values_list("uid", "name")
    return {uids[uid]: name for uid, name in rows}


def organisation_ids(keys: Iterable[str]) -> dict[str, int]:
    """Numbers of the demonstration's organisations by the key of their file; a key that is not loaded is absent."""
    uids = {uid_of("organisation", key): key for key in keys}
    rows = Organisation.objects.filter(uid__in=uids).order_by().values_list("uid", "pk")
    return {uids[uid]: number for uid, number in rows}
