"""A resource, its files and the passages of its transcript."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.models import Organisation, Sourced
from ensemblier.kernel.files import FileType
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.library.core.kinds import Audience, DatePrecision, Domain, Licence, ResourceKind, ResourceState
from ensemblier.territory.models import Zone


def _words(label: object, limit: int) -> "models.CharField[str, str]":
    return models.CharField(label, max_length=limit, blank=True, default="")  # type: ignore[arg-type]


class Resource(Sourced):
    """A notice and its content. `valid_from` and `valid_to` are those of a text of law: in force, repealed."""

    kind = models.CharField(_("nature"), max_length=20, choices=choices_of(ResourceKind))
    title = models.CharField(_("titre"), max_length=500)
    abstract = models.TextField(_("résumé"), blank=True)
    body = models.TextField(_("texte"), blank=True)
    authors = ArrayField(models.CharField(max_length=200), verbose_name=_("auteurs"), default=list, blank=True)
    publisher = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("éditeur")
    )
    publisher_name = _words(_("nom de l’éditeur"), 200)
    commissioner_name = _words(_("commanditaire"), 200)
    holder = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("déposée par")
    )
    series = _words(_("collection"), 200)
    number = _words(_("numéro"), 40)
    pages = _words(_("pages"), 40)
    issued_on = models.DateField(_("date"), null=True, blank=True)
    issued_precision = models.CharField(
        _("précision de la date"), max_length=5, blank=True, choices=choices_of(DatePrecision)
    )
    deposited_on = models.DateField(_("déposée le"), null=True, blank=True)
    domain = models.CharField(_("domaine"), max_length=20, blank=True, choices=choices_of(Domain))
    keywords = ArrayField(models.CharField(max_length=120), verbose_name=_("mots-clés"), default=list, blank=True)
    language = models.CharField(_("langue"), max_length=2, default="fr")
    licence = models.CharField(_("licence"), max_length=20, blank=True, choices=choices_of(Licence))
    identifier = _words(_("identifiant"), 120)
    doi = _words(_("DOI"), 300)
    media_url = models.URLField(_("adresse de la vidéo"), max_length=500, blank=True)
    zone = models.ForeignKey(
        Zone, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("territoire")
    )
    audience = models.CharField(_("public"), max_length=10, choices=choices_of(Audience), default=Audience.PUBLIC.value)
    audience_key = models.CharField(_("groupe"), max_length=80, blank=True)
    state = models.CharField(
        _("état"), max_length=10, choices=choices_of(ResourceState), default=ResourceState.PUBLISHED.value
    )
    withdrawn_on = models.DateField(_("retirée le"), null=True, blank=True)
    withdrawn_why = _words(_("pourquoi"), 300)

    class Meta:
        verbose_name = _("ressource")
        verbose_name_plural = _("ressources")
        constraints = [
            closed_list("kind", ResourceKind, name="resource_kind_known"),
            closed_list("domain", Domain, name="resource_domain_known", blank=True),
            closed_list("licence", Licence, name="resource_licence_known", blank=True),
            closed_list("issued_precision", DatePrecision, name="resource_precision_known", blank=True),
            closed_list("audience", Audience, name="resource_audience_known"),
            closed_list("state", ResourceState, name="resource_state_known"),
            models.CheckConstraint(condition=~Q(title=""), name="resource_has_a_title"),
            models.CheckConstraint(
                condition=Q(audience=Audience.CORNER.value, audience_key__gt="")
                | (~Q(audience=Audience.CORNER.value) & Q(audience_key="")),
                name="resource_corner_has_a_key",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="resource_period",
            ),
            models.UniqueConstraint(
                fields=["source", "identifier"],
                condition=Q(source__isnull=False) & ~Q(identifier=""),
                name="resource_once_by_source",
            ),
        ]
        indexes = [
            models.Index(F("issued_on").desc(nulls_last=True), F("id").desc(), name="resource_latest"),
            models.Index(fields=["identifier"], name="resource_identifier", condition=~Q(identifier="")),
        ]

    def __str__(self) -> str:
        return self.title


class Attachment(models.Model):
    """A file of a resource; its type was told from its content."""

    uid = models.UUIDField(_("identifiant public"), default=uuid.uuid4, unique=True, editable=False)
    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="attachments", verbose_name=_("ressource")
    )
    name = models.CharField(_("nom"), max_length=120)
    media_type = models.CharField(_("format"), max_length=100, choices=choices_of(FileType))
    size = models.PositiveIntegerField(_("taille (octets)"))
    sha256 = models.CharField(_("empreinte"), max_length=64)
    stored_as = models.CharField(_("nom sur le disque"), max_length=64)
    added_at = models.DateTimeField(_("ajouté le"), db_default=Now())

    class Meta:
        verbose_name = _("pièce d’une ressource")
        verbose_name_plural = _("pièces des ressources")
        constraints = [closed_list("media_type", FileType, name="attachment_type_known")]

    def __str__(self) -> str:
        return self.name


class Passage(models.Model):
    """A passage of a transcript, from a second on. Its search vector is generated by the database."""

    resource = models.ForeignKey(
        Resource, on_delete=models.CASCADE, related_name="passages", verbose_name=_("ressource")
    )
    start_ms = models.PositiveIntegerField(_("début (ms)"))
    end_ms = models.PositiveIntegerField(_("fin (ms)"))
    text = models.TextField(_("ce qui est dit"))

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        indexes = [models.Index(fields=["resource", "start_ms"], name="passage_order")]

    def __str__(self) -> str:
        return self.text[:60]
