"""The data convention that an organisation signs before its professionals see anybody's file."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models.users import User
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.models import Dated


class Convention(Dated):
    """An organisation commits itself: who signed, in what capacity, which text, from when to when.

    It only adds: a convention that ends early gets its end, the next one is another row.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    version = models.CharField(_("version du texte"), max_length=20)
    signed_on = models.DateField(_("signée le"))
    signed_by = models.CharField(_("signée par"), max_length=200)
    signed_as = models.CharField(_("en qualité de"), max_length=200)
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("enregistrée par")
    )

    class Meta:
        verbose_name = _("convention de données")
        verbose_name_plural = _("conventions de données")
        constraints = [
            models.CheckConstraint(condition=Q(valid_from__isnull=False), name="convention_begins"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")), name="convention_period"
            ),
            models.CheckConstraint(condition=~Q(signed_by="") & ~Q(signed_as=""), name="convention_is_signed"),
            models.CheckConstraint(condition=Q(valid_from__gte=F("signed_on")), name="convention_signed_first"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(valid_to__isnull=True), name="convention_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.signed_on})"
