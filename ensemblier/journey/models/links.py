"""Which files are hers: made and undone by the person only. No organisation reads this table."""

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import PersonAccount
from ensemblier.journey.core.links import LinkOrigin
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class PersonLink(models.Model):
    """One account, one file, from a day until she undoes it. A file is of one account at a time."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        PersonAccount, on_delete=models.PROTECT, related_name="+", verbose_name=_("compte de la personne")
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="links", verbose_name=_("dossier"))
    origin = models.CharField(_("relié par"), max_length=20, choices=choices_of(LinkOrigin))
    linked_at = models.DateTimeField(_("relié le"))
    unlinked_at = models.DateTimeField(_("délié le"), null=True, blank=True)

    class Meta:
        verbose_name = _("lien entre un compte et un dossier")
        verbose_name_plural = _("liens entre comptes et dossiers")
        indexes = [models.Index(fields=["account"], name="person_link_of", condition=Q(unlinked_at=None))]
        constraints = [
            closed_list("origin", LinkOrigin, name="person_link_origin_known"),
            models.UniqueConstraint(fields=["person"], condition=Q(unlinked_at=None), name="person_link_one_account"),
            models.CheckConstraint(
                condition=Q(unlinked_at=None) | Q(unlinked_at__gte=F("linked_at")), name="person_link_undone_after"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
