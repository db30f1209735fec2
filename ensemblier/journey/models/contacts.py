"""Contacts of level 1: somebody was helped, nobody was named. They count, and may become a file."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.contacts import Answer, ContactChannel
from ensemblier.journey.core.needs import NeedTheme
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.routing.core.facts import Status
from ensemblier.territory.models import Commune


class LevelOneContact(models.Model):
    """An individual welcome without identity: no name, no number, no address; only what the answer needed."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("accueil")
    )
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("reçu par"))
    at = models.DateTimeField(_("le"))
    channel = models.CharField(_("comment"), max_length=20, choices=choices_of(ContactChannel))
    commune = models.ForeignKey(
        Commune, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("commune")
    )
    statuses = ArrayField(
        models.CharField(max_length=20, choices=choices_of(Status)), default=list, blank=True, verbose_name=_("statuts")
    )
    themes = ArrayField(
        models.CharField(max_length=20, choices=choices_of(NeedTheme)),
        default=list,
        blank=True,
        verbose_name=_("thèmes"),
    )
    request = models.CharField(_("demande, dans ses mots"), max_length=500, blank=True)
    answer = models.CharField(_("réponse donnée"), max_length=20, choices=choices_of(Answer))
    given = models.CharField(_("ce qui a été dit"), max_length=500, blank=True)
    person = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("devenu le dossier")
    )

    class Meta:
        verbose_name = _("contact de niveau 1")
        verbose_name_plural = _("contacts de niveau 1")
        indexes = [models.Index(fields=["organisation", "-at"], name="level_one_of")]
        constraints = [
            closed_list("channel", ContactChannel, name="level_one_channel_known"),
            closed_list("answer", Answer, name="level_one_answer_known"),
            # No telephone number, no national identity number: nobody is to be found again from this row.
            models.CheckConstraint(
                condition=~Q(request__regex=r"(\d[ .-]?){9}") & ~Q(given__regex=r"(\d[ .-]?){13}"),
                name="level_one_names_nobody",
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
