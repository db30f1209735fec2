"""From a StrEnum of a core to the choices of a column: the enum stays free of Django."""

from enum import StrEnum


def choices_of(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """(value, label) pairs; a member without `label` shows its value."""
    return [(member.value, str(getattr(member, "label", member.value))) for member in enum]
