"""Who may open which file: one row for each reason. Row-level security and every query read it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core import access as core
from ensemblier.journey.core.consent import Category
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.relays import Relay
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Access(models.Model):
    """A professional, for one organisation, opens one file, from `since` to `until` (excluded) or to `ended_at`.

    `absence`: the one, of a colleague, that opened it by itself; it closes with it. Rows of the reasons `lead` and
    `joint` are kept by the database itself, from the leads and from relays and consents.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="accesses", verbose_name=_("personne"))
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("pour"))
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("professionnel"))
    reason = models.CharField(_("à quel titre"), max_length=20, choices=choices_of(core.AccessReason))
    categories = ArrayField(
        models.CharField(max_length=20, choices=choices_of(Category)),
        default=list,
        blank=True,
        verbose_name=_("ce qui se lit (vide : tout)"),
    )
    since = models.DateTimeField(_("depuis"))
    until = models.DateTimeField(_("jusqu'au (exclu)"), null=True, blank=True)
    ended_at = models.DateTimeField(_("fermé le"), null=True, blank=True)
    why = models.CharField(_("pourquoi"), max_length=300, blank=True)
    absence = models.UUIDField(_("par l'absence"), null=True, blank=True)
    relay = models.ForeignKey(
        Relay, on_delete=models.CASCADE, null=True, blank=True, related_name="accesses", verbose_name=_("par le relais")
    )

    class Meta:
        verbose_name = _("accès à un dossier")
        verbose_name_plural = _("accès aux dossiers")
        indexes = [
            # What every policy of a file asks first (`journey_files`), answered by the index alone.
            models.Index(
                fields=["user", "organisation", "person"],
                include=["until", "reason", "categories"],
                name="access_whole",
                condition=Q(ended_at=None),
            ),
            models.Index(fields=["person", "since"], name="access_to"),
        ]
        constraints = [
            closed_list("reason", core.AccessReason, name="access_reason_known"),
            models.UniqueConstraint(
                fields=["person", "user", "organisation", "reason", "relay"],
                condition=Q(ended_at=None),
                nulls_distinct=False,
                name="access_once",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gt=F("since")), name="access_until_after_since"),
            models.CheckConstraint(
                condition=~Q(reason="substitute") | (Q(until__isnull=False) & ~Q(why="")),
                name="access_substitute_says_why",
            ),
            models.CheckConstraint(
                condition=Q(reason="joint", relay__isnull=False, until__isnull=False) & ~Q(categories=[])
                | ~Q(reason="joint") & Q(relay=None),
                name="access_joint_by_a_relay",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} → {self.person_id} ({self.reason})"

    @property
    def value(self) -> core.AccessSpan:
        """The row as the core reads it."""
        return core.AccessSpan(
            reason=core.AccessReason(self.reason),
            since=self.since,
            categories=frozenset(map(Category, self.categories)),
            until=self.until,
            ended_at=self.ended_at,
        )
