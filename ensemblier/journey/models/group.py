"""Who accompanies somebody, since when, for what; and who decided what."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.accounts.models import User
from ensemblier.directory.models import Organisation
from ensemblier.journey.core.group import Decider, GroupRole
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.models.episodes import Episode
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class GroupMember(Edited):
    """Somebody around the person, as the holder of the file knows it: a colleague, another operator, a partner.

    Naming another organisation here gives nobody an access: that takes a relay and a consent.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="group", verbose_name=_("personne"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("structure")
    )
    user = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("compte")
    )
    name = models.CharField(_("qui"), max_length=200, blank=True)
    role = models.CharField(_("à quel titre"), max_length=20, choices=choices_of(GroupRole))
    purpose = models.CharField(_("pour quoi"), max_length=200)
    since = models.DateField(_("depuis le"))
    until = models.DateField(_("jusqu'au (exclu)"), null=True, blank=True)
    is_sensitive = models.BooleanField(_("sensible"), default=False)

    class Meta:
        verbose_name = _("membre du groupe de suivi")
        verbose_name_plural = _("membres du groupe de suivi")
        constraints = [
            closed_list("role", GroupRole, name="group_member_role_known"),
            models.CheckConstraint(condition=~Q(purpose=""), name="group_member_for_something"),
            models.CheckConstraint(
                condition=Q(user__isnull=False) | Q(organisation__isnull=False) | ~Q(name=""),
                name="group_member_is_somebody",
            ),
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="group_member_period"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Decision(models.Model):
    """A line of the decision log: what was decided, by whom, when. Added only; a new decision may replace another."""

    uid = models.UUIDField(unique=True, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="decisions", verbose_name=_("personne"))
    episode = models.ForeignKey(
        Episode, on_delete=models.CASCADE, null=True, related_name="decisions", verbose_name=_("accompagnement")
    )
    words = models.TextField(_("ce qui est décidé"))
    decider = models.CharField(_("qui décide"), max_length=20, choices=choices_of(Decider))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("structure")
    )
    decided_on = models.DateField(_("le"))
    replaces = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("remplace")
    )
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", verbose_name=_("notée par"))
    at = models.DateTimeField(_("notée le"))

    class Meta:
        verbose_name = _("décision")
        verbose_name_plural = _("décisions")
        constraints = [
            closed_list("decider", Decider, name="decision_decider_known"),
            models.CheckConstraint(condition=~Q(words=""), name="decision_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.uid)
