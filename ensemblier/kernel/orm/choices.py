"""From a StrEnum of a core to the choices of a column: the enum stays free of Django."""

from enum import StrEnum

from django.db.models import CheckConstraint, Q


def choices_of(enum: type[StrEnum]) -> list[tuple[str, str]]:
    """(value, label) pairs; a member without `label` shows its value."""
    return [(member.value, str(getattr(member, "label", member.value))) for member in enum]


def closed_list(field: str, enum: type[StrEnum], *, name: str, blank: bool = False) -> CheckConstraint:
    """The database refuses what is not in the list: a row that no page could read is never stored.

    `choices` alone is only checked by forms. `blank`: "" (not known) is allowed too.
    """
    values = [member.value for member in enum]
    return CheckConstraint(condition=Q((f"{field}__in", ["", *values] if blank else values)), name=name)
