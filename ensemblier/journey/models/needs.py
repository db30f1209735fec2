"""What a person needs, what holds her project back, and what she said of herself for the rules."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.journey.core.needs import NeedState, NeedTheme
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.routing.core.facts import Quality


class Need(Edited):
    """A need in the person's words; an obstacle when it holds the project back. Health and justice are sensitive."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="needs", verbose_name=_("personne"))
    theme = models.CharField(_("thème"), max_length=20, choices=choices_of(NeedTheme))
    words = models.TextField(_("avec ses mots"), blank=True)
    is_obstacle = models.BooleanField(_("freine le projet"), default=False)
    is_sensitive = models.BooleanField(_("sensible"), default=False)
    state = models.CharField(_("où on en est"), max_length=20, choices=choices_of(NeedState), default="open")
    noted_on = models.DateField(_("noté le"))

    class Meta:
        verbose_name = _("besoin")
        verbose_name_plural = _("besoins")
        constraints = [
            closed_list("theme", NeedTheme, name="need_theme_known"),
            closed_list("state", NeedState, name="need_state_known"),
            models.CheckConstraint(
                condition=~Q(theme__in=["health", "justice"]) | Q(is_sensitive=True), name="need_health_is_sensitive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class PersonQuality(Edited):
    """A fact that adds a door, as the person said it. No row: not asked; `holds` false: asked, and it is a no."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="qualities", verbose_name=_("personne"))
    quality = models.CharField(_("qualité"), max_length=20, choices=choices_of(Quality))
    holds = models.BooleanField(_("oui"))
    is_sensitive = models.BooleanField(_("sensible"), default=False)

    class Meta:
        verbose_name = _("qualité d'une personne")
        verbose_name_plural = _("qualités des personnes")
        constraints = [
            models.UniqueConstraint(fields=["person", "quality"], name="person_quality_once"),
            closed_list("quality", Quality, name="person_quality_known"),
            models.CheckConstraint(
                condition=~Q(quality="disabled") | Q(is_sensitive=True), name="person_quality_health_is_sensitive"
            ),
        ]

    def __str__(self) -> str:
        return str(self.uid)
