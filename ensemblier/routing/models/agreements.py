"""Aiguillage agreements: how the actors of a territory share out publics, who signed, when it is reviewed."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.models import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import Dated
from ensemblier.routing.core.states import AgreementState, ShareKind
from ensemblier.territory.models import Perimeter


class Agreement(Dated):
    """The agreement itself. It holds on its perimeter, within its dates, once every party has signed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    title = models.CharField(_("intitulé"), max_length=200)
    perimeter = models.ForeignKey(Perimeter, on_delete=models.PROTECT, related_name="+", verbose_name=_("périmètre"))
    state = models.CharField(
        _("état"), max_length=20, choices=choices_of(AgreementState), default=AgreementState.DRAFT.value
    )
    review_on = models.DateField(_("à revoir le"))
    reviewed_on = models.DateField(_("revu le"), null=True, blank=True)
    source_url = models.URLField(_("texte de l’accord"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        verbose_name = _("accord d’aiguillage")
        verbose_name_plural = _("accords d’aiguillage")
        constraints = [
            closed_list("state", AgreementState, name="agreement_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="agreement_has_a_title"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="agreement_period",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgreementParty(models.Model):
    """An organisation that is party to an agreement, and its signature."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties", verbose_name=_("accord"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("structure")
    )
    signed_on = models.DateField(_("signé le"), null=True, blank=True)
    signed_by = models.CharField(_("signé par"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("partie à l’accord")
        verbose_name_plural = _("parties à l’accord")
        constraints = [
            models.UniqueConstraint(fields=["agreement", "organisation"], name="agreement_party_once"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} – {self.agreement}"


class AgreementShare(models.Model):
    """One line of an agreement: for this public, this door is added or takes charge. Nothing here can close a door.

    `public` is a condition in the grammar of the rules; `public_label` says it in French.
    """

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="shares", verbose_name=_("accord"))
    public = models.JSONField(_("condition"))
    public_label = models.CharField(_("public"), max_length=200)
    kind = models.CharField(_("effet"), max_length=20, choices=choices_of(ShareKind))
    operator = models.CharField(_("opérateur"), max_length=30, blank=True, choices=choices_of(Operator))
    other_door = models.SlugField(_("autre porte"), max_length=60, blank=True)
    other_door_name = models.CharField(_("nom de l’autre porte"), max_length=200, blank=True)
    reason = models.CharField(_("motif"), max_length=500)

    class Meta:
        verbose_name = _("ligne d’accord")
        verbose_name_plural = _("lignes d’accord")
        constraints = [
            closed_list("operator", Operator, name="agreement_share_operator_known", blank=True),
            models.CheckConstraint(
                condition=(Q(kind=ShareKind.OTHER_DOOR.value) & ~Q(other_door="") & Q(operator=""))
                | (~Q(kind=ShareKind.OTHER_DOOR.value) & Q(other_door="") & ~Q(operator="")),
                name="agreement_share_has_one_door",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in ShareKind]), name="agreement_share_never_closes"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.public_label} → {self.operator or self.other_door}"
