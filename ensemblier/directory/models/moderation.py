"""What the public leaves: corrections to examine, and numbers to call back (kept until the call only)."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import SuggestionState
from ensemblier.directory.models.organisations import Organisation
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.territory.models import Commune


class Suggestion(models.Model):
    """A correction proposed by anyone for a field of a row; its owner decides."""

    uid = models.UUIDField(_("identifiant public"), default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="suggestions", verbose_name=_("structure qui décide")
    )
    table = models.CharField(_("table"), max_length=80)
    row_uid = models.UUIDField(_("ligne"))
    row_label = models.CharField(_("nom montré"), max_length=255)
    field = models.CharField(_("champ"), max_length=60, blank=True)
    current_value = models.TextField(_("valeur lue"), blank=True)
    proposed_value = models.TextField(_("valeur proposée"), blank=True)
    message = models.TextField(_("message"), blank=True)
    author_label = models.CharField(_("proposé par"), max_length=200)
    author_email = models.EmailField(_("courriel pour la réponse"), blank=True)
    state = models.CharField(
        _("état"), max_length=20, choices=choices_of(SuggestionState), default=SuggestionState.OPEN.value
    )
    decided_by = models.CharField(_("décidé par"), max_length=200, blank=True)
    decided_at = models.DateTimeField(_("décidé le"), null=True, blank=True)
    decision_note = models.CharField(_("réponse"), max_length=500, blank=True)
    created_at = models.DateTimeField(_("reçue le"), auto_now_add=True)

    class Meta:
        verbose_name = _("suggestion")
        verbose_name_plural = _("suggestions")
        constraints = [closed_list("state", SuggestionState, name="suggestion_state_known")]
        indexes = [models.Index(fields=["organisation", "state", "created_at"], name="suggestion_queue")]

    def __str__(self) -> str:
        return f"{self.row_label}: {self.field}"


class CallbackRequest(models.Model):
    """Somebody asks to be called back. No name, no situation; deleted when the call is made, or after some days."""

    uid = models.UUIDField(_("identifiant public"), default=uuid.uuid4, unique=True, editable=False)
    phone = models.CharField(_("téléphone"), max_length=20)
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    operator = models.CharField(_("opérateur souhaité"), max_length=30, blank=True, choices=choices_of(Operator))
    organisation = models.ForeignKey(
        Organisation,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="callbacks",
        verbose_name=_("structure"),
    )
    when = models.CharField(_("moment souhaité"), max_length=120, blank=True)
    created_at = models.DateTimeField(_("demandé le"), auto_now_add=True)

    class Meta:
        verbose_name = _("demande de rappel")
        verbose_name_plural = _("demandes de rappel")
        constraints = [closed_list("operator", Operator, name="callback_request_operator_known", blank=True)]
        indexes = [models.Index(fields=["created_at"], name="callback_created")]

    def __str__(self) -> str:
        return str(self.uid)


class CallbackOrigin(models.Model):
    """That a machine asked for a call, kept one day so that nobody fills the queues. A mark, never its address."""

    place_key = models.CharField(_("empreinte de la machine"), max_length=64)
    at = models.DateTimeField(_("le"))

    class Meta:
        verbose_name = _("origine d'une demande de rappel")
        verbose_name_plural = _("origines des demandes de rappel")
        indexes = [models.Index(fields=["place_key", "at"], name="callback_origin_place")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"
