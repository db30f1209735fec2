"""Public identifiers of the demonstration: the same on every machine, so that examples in a text hold."""

from uuid import NAMESPACE_URL, UUID, uuid5


def uid_of(kind: str, key: str) -> UUID:
    """The identifier of the row `key` of the files; `kind` is the table's name in lower case ("organisation"…)."""
    return uuid5(NAMESPACE_URL, f"https://example.org/demonstration/{kind}/{key}")
