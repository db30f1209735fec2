"""Skills, projects, and the titles of the national register of trades that may name them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models.organisations import call_key
from ensemblier.journey.core.skills import ProjectState, SkillOrigin
from ensemblier.journey.models.edited import Edited
from ensemblier.journey.models.persons import Person
from ensemblier.kernel.orm.choices import choices_of, closed_list


class RomeTitle(models.Model):
    """A title of ROME 4.0 (France Travail, Licence Ouverte), loaded from its file: never typed here."""

    code = models.CharField(_("code ROME"), max_length=5, primary_key=True)
    title = models.CharField(_("intitulé"), max_length=255)
    title_key = call_key("title", "code")

    class Meta:
        verbose_name = _("intitulé du ROME")
        verbose_name_plural = _("intitulés du ROME")
        constraints = [models.CheckConstraint(condition=Q(code__regex=r"^[A-N]\d{4}$"), name="rome_title_code")]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class Skill(Edited):
    """Something the person can do, in words; a title of the register beside them when one fits."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="skills", verbose_name=_("personne"))
    words = models.CharField(_("ce qu'elle sait faire"), max_length=300)
    rome = models.ForeignKey(
        RomeTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("métier du ROME")
    )
    origin = models.CharField(_("appris"), max_length=20, choices=choices_of(SkillOrigin), blank=True)
    is_removed = models.BooleanField(_("retirée"), default=False)

    class Meta:
        verbose_name = _("compétence")
        verbose_name_plural = _("compétences")
        constraints = [
            closed_list("origin", SkillOrigin, name="skill_origin_known", blank=True),
            models.CheckConstraint(condition=~Q(words=""), name="skill_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.uid)


class Project(Edited):
    """Where the person wants to go; several at once, and one set aside stays readable."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="projects", verbose_name=_("personne"))
    words = models.CharField(_("projet, avec ses mots"), max_length=300)
    rome = models.ForeignKey(
        RomeTitle, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("métier du ROME")
    )
    state = models.CharField(_("où on en est"), max_length=20, choices=choices_of(ProjectState), default="idea")

    class Meta:
        verbose_name = _("projet")
        verbose_name_plural = _("projets")
        constraints = [
            closed_list("state", ProjectState, name="project_state_known"),
            models.CheckConstraint(condition=~Q(words=""), name="project_says_something"),
        ]

    def __str__(self) -> str:
        return str(self.uid)
