"""What the tables of the animation share: a public key, a version read before an edit, who keeps the row, where."""

import uuid

from django.db import models
from django.db.models import CheckConstraint, F, Q

from ensemblier.directory.models import Organisation
from ensemblier.territory.models import Perimeter


class Keyed(models.Model):
    """A row with a public key, edited by who read its present version."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Head(Keyed):
    """A row with a page of its own: the organisation that keeps it, and the communes for which it holds."""

    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    perimeter = models.ForeignKey(Perimeter, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        abstract = True


def in_order(first: str, last: str, *, name: str) -> CheckConstraint:
    """The database refuses an end before its beginning; either may be unknown."""
    is_open = Q(**{f"{first}__isnull": True}) | Q(**{f"{last}__isnull": True})
    return CheckConstraint(
        condition=is_open | Q(**{f"{last}__gte": F(first)}),
        name=name,
        violation_error_message="La fin vient avant le début.",
    )


def one_of(*fields: str, name: str) -> CheckConstraint:
    """Exactly one of these keys is there."""
    condition = Q()
    for chosen in fields:
        condition |= Q(**{f"{field}__isnull": field != chosen for field in fields})
    return CheckConstraint(condition=condition, name=name)
