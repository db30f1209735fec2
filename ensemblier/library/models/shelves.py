"""What an adviser keeps for herself: resources put aside, searches that tell her what is new."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.library.core.searches import Rhythm, Shelf
from ensemblier.library.models.resources import Resource


class Bookmark(models.Model):
    """A resource put aside by somebody."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("compte")
    )
    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="+", verbose_name=_("ressource"))
    kept_at = models.DateTimeField(_("gardée le"), db_default=Now())

    class Meta:
        verbose_name = _("ressource gardée")
        verbose_name_plural = _("ressources gardées")
        constraints = [models.UniqueConstraint(fields=["user", "resource"], name="bookmark_once")]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.resource_id}"


class SavedSearch(models.Model):
    """A search that is asked again by itself. `seen_to`: what was there until then is not told again."""

    uid = models.UUIDField(_("identifiant public"), default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+", verbose_name=_("compte")
    )
    shelf = models.CharField(_("où"), max_length=10, choices=choices_of(Shelf))
    text = models.CharField(_("question"), max_length=200, blank=True)
    filters = models.JSONField(_("précisions"), default=dict, blank=True)
    rhythm = models.CharField(_("alerte"), max_length=10, choices=choices_of(Rhythm))
    created_at = models.DateTimeField(_("gardée le"), db_default=Now())
    seen_to = models.DateTimeField(_("dit jusqu’au"), db_default=Now())

    class Meta:
        verbose_name = _("recherche gardée")
        verbose_name_plural = _("recherches gardées")
        constraints = [
            closed_list("shelf", Shelf, name="savedsearch_shelf_known"),
            closed_list("rhythm", Rhythm, name="savedsearch_rhythm_known"),
        ]
        indexes = [models.Index(fields=["user"], name="savedsearch_user")]

    def __str__(self) -> str:
        return self.text
