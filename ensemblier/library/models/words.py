"""What the search knows: an entry per resource, the stems and words of the library, synonyms."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.utils.translation import gettext_lazy as _

from ensemblier.library.models.resources import Resource


class IndexedResource(models.Model):
    """What is looked through. `words`: what everybody may find it by; `all_words`: what its readers may, when that
    differs (a members-only content). Filters stand here too, so that a search reads one table."""

    resource = models.OneToOneField(Resource, on_delete=models.CASCADE, primary_key=True, related_name="+")
    words = SearchVectorField()
    all_words = SearchVectorField(null=True)
    title_words = SearchVectorField()
    length = models.IntegerField()
    kind = models.CharField(max_length=20)
    domain = models.CharField(max_length=20, blank=True)
    zone_key = models.CharField(max_length=40, blank=True)
    audience_key = models.CharField(max_length=80, blank=True)
    issued_on = models.DateField(null=True)
    is_fictitious = models.BooleanField(default=False)
    indexed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("ressource indexée")
        verbose_name_plural = _("ressources indexées")

    def __str__(self) -> str:
        return str(self.pk)


class Stem(models.Model):
    """A stem and in how many resources it stands (counted anew each day, never exact to the unit)."""

    stem = models.TextField(primary_key=True)
    resources = models.IntegerField()

    class Meta:
        verbose_name = _("racine")
        verbose_name_plural = _("racines")

    def __str__(self) -> str:
        return self.stem


class KnownWord(models.Model):
    """A word as it is written in the library, without accents: for typing errors and suggestions."""

    word = models.TextField(primary_key=True)
    shown = models.TextField()
    stem = models.TextField()
    resources = models.IntegerField()

    class Meta:
        verbose_name = _("mot connu")
        verbose_name_plural = _("mots connus")

    def __str__(self) -> str:
        return self.shown


class Synonym(models.Model):
    """Words that say the same: from a thesaurus, or written by hand. `near`: the other ways to say `term`."""

    term = models.TextField(primary_key=True)
    near = ArrayField(models.TextField())
    source = models.CharField(max_length=80)

    class Meta:
        verbose_name = _("synonyme")
        verbose_name_plural = _("synonymes")

    def __str__(self) -> str:
        return self.term
