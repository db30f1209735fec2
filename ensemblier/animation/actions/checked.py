"""How a row of the animation is written: checked whole before anything is stored, guarded by its version, audited."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F

from ensemblier.animation.core.events import plain
from ensemblier.animation.models.bases import Keyed
from ensemblier.kernel.actor import Actor
from ensemblier.kernel.errors import BadInput, NotFound, StaleVersion
from ensemblier.kernel.orm.models import AuditRow

Row = TypeVar("Row", bound=models.Model)
Edited = TypeVar("Edited", bound=Keyed)
Values = Mapping[str, Any]
SOMEBODY_FIRST = "Quelqu’un a modifié cette page pendant que vous écriviez : relisez-la, puis recommencez."
ALREADY = "Cette ligne est déjà là."


def resolved(table: type[models.Model], values: Values) -> dict[str, Any]:
    """The values of the columns: a public identifier becomes the row it names, a long text loses its tags.

    Raises NotFound, BadInput (a NUL).
    """
    found: dict[str, Any] = {}
    for name, value in values.items():
        field = table._meta.get_field(name)
        if isinstance(value, str) and "\x00" in value:
            raise BadInput("Ce texte contient un caractère qui ne s’écrit pas.", field=name)
        if isinstance(field, models.ForeignKey) and isinstance(value, UUID):
            found[name] = field.related_model._default_manager.filter(uid=value).first()
            if found[name] is None:
                raise NotFound("Ce qui est choisi ici n’existe plus.", field=name)
        else:
            found[name] = plain(value) if isinstance(field, models.TextField) and isinstance(value, str) else value
    return found


def check(row: models.Model) -> None:
    """Raises BadInput with the sentence and the field of the first thing that is wrong; nothing is written."""
    try:
        row.full_clean()
    except ValidationError as error:
        field, faults = next(iter(error.error_dict.items()))
        first = faults[0]
        doubled = first.code in ("unique", "unique_together")
        raise BadInput(
            ALREADY if doubled else str(first.messages[0]), field="" if field == "__all__" else field
        ) from error


def written(row: Row) -> Row:
    """The new row, once checked."""
    check(row)
    row.save(force_insert=True)
    return row


def changed(row: Edited, values: Values, *, version: int) -> bool:
    """Whether the row changed. Raises StaleVersion when somebody was first, BadInput."""
    new = resolved(type(row), values)
    if row.version == version and all(getattr(row, name) == value for name, value in new.items()):
        return False
    for name, value in new.items():
        setattr(row, name, value)
    check(row)
    kept = type(row)._default_manager.filter(pk=row.pk, version=version)
    if not kept.update(version=F("version") + 1, **new):
        raise StaleVersion(SOMEBODY_FIRST)
    return True


def audit(by: Actor, row: models.Model, verb: str, values: Values | None = None) -> None:
    """The line of the history; texts are not repeated there, only which columns were written."""
    AuditRow.objects.create(
        actor_id=by.user_id,
        actor_label=by.label,
        organisation_id=by.organisation_id,
        table=row._meta.db_table,
        row_id=str(row.pk),
        verb=verb,
        changes={"columns": sorted(values or ())},
    )
