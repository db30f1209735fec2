"""Networks: the stable codes behind dated names, their successions, lots and members."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from ensemblier.directory.core.operators import Operator
from ensemblier.directory.core.states import Circle
from ensemblier.directory.models.organisations import Organisation
from ensemblier.directory.models.sites import Site
from ensemblier.directory.models.sources import Source
from ensemblier.kernel.orm.choices import choices_of, closed_list
from ensemblier.kernel.orm.models import Dated


class Network(models.Model):
    """A family of organisations (Missions locales, Opacif of a branch, chambers…); what it is called is dated."""

    code = models.SlugField(_("code"), max_length=60, primary_key=True)
    role = models.CharField(_("opérateur du CEP"), max_length=30, blank=True, choices=choices_of(Operator))
    circle = models.CharField(_("cercle"), max_length=20, choices=choices_of(Circle))
    is_cep_only = models.BooleanField(_("propre au CEP (hors data·inclusion)"), default=False)
    data_inclusion_code = models.CharField(_("code data·inclusion"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("réseau")
        verbose_name_plural = _("réseaux")
        constraints = [
            closed_list("circle", Circle, name="network_circle_known"),
            closed_list("role", Operator, name="network_role_known", blank=True),
            models.CheckConstraint(
                condition=Q(is_cep_only=False) | Q(data_inclusion_code=""), name="network_cep_only_has_no_di_code"
            ),
            models.CheckConstraint(condition=Q(role="") | Q(circle=Circle.CEP.value), name="network_operator_is_cep"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def operator(self) -> Operator | None:
        """The operator of the CEP this network is, None for a partner."""
        return Operator(self.role) if self.role else None


class NetworkName(Dated):
    """What a network is called from a day to a day: Pôle emploi, then France Travail."""

    network = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="names", verbose_name=_("réseau"))
    name = models.CharField(_("nom"), max_length=200)
    short_name = models.CharField(_("nom court"), max_length=80, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("nom de réseau")
        verbose_name_plural = _("noms de réseaux")

    def __str__(self) -> str:
        return self.name


class NetworkSuccession(models.Model):
    """From a day on, a network took over what another did (Opacif of a branch → regional operator)."""

    before = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="successors", verbose_name=_("avant"))
    after = models.ForeignKey(Network, on_delete=models.CASCADE, related_name="predecessors", verbose_name=_("après"))
    on = models.DateField(_("le"))
    note = models.CharField(_("précision"), max_length=300, blank=True)
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("succession de réseaux")
        verbose_name_plural = _("successions de réseaux")
        constraints = [
            models.UniqueConstraint(fields=["before", "after", "on"], name="network_succession_once"),
            models.CheckConstraint(condition=~Q(before=F("after")), name="network_never_succeeds_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after} ({self.on})"


class NetworkMembership(Dated):
    """An organisation belongs to a network, from a day to a day; several at once is usual."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="network_memberships", verbose_name=_("structure")
    )
    network = models.ForeignKey(Network, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("réseau"))
    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("source")
    )

    class Meta:
        verbose_name = _("appartenance à un réseau")
        verbose_name_plural = _("appartenances à des réseaux")
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "network", "valid_from"], nulls_distinct=False, name="network_membership_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ∈ {self.network}"


class Lot(models.Model):
    """A lot of the public market of the regional operators: one or several regions."""

    code = models.SlugField(_("code"), max_length=60, unique=True)
    name = models.CharField(_("nom"), max_length=200)
    region_codes = ArrayField(models.CharField(max_length=3), verbose_name=_("régions"), default=list)

    class Meta:
        verbose_name = _("lot")
        verbose_name_plural = _("lots")

    def __str__(self) -> str:
        return self.name


class LotHolder(Dated):
    """The organisation (often the head of a groupement) that holds a lot, from a day to a day."""

    lot = models.ForeignKey(Lot, on_delete=models.CASCADE, related_name="holders", verbose_name=_("lot"))
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="lots_held", verbose_name=_("titulaire")
    )
    source_url = models.URLField(_("source"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("titulaire de lot")
        verbose_name_plural = _("titulaires de lots")

    def __str__(self) -> str:
        return f"{self.lot}: {self.organisation}"


class GroupementMember(Dated):
    """An organisation is a member of a groupement (itself an organisation), from a day to a day."""

    groupement = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="members", verbose_name=_("groupement")
    )
    member = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="groupements", verbose_name=_("membre")
    )
    is_head = models.BooleanField(_("mandataire"), default=False)

    class Meta:
        verbose_name = _("membre de groupement")
        verbose_name_plural = _("membres de groupements")
        constraints = [
            models.CheckConstraint(condition=~Q(groupement=F("member")), name="groupement_is_not_its_own_member")
        ]

    def __str__(self) -> str:
        return f"{self.member} ∈ {self.groupement}"


class Strength(Dated):
    """A strength or an own modality, with who says it: of an operator everywhere, of one structure, or of one place."""

    network = models.ForeignKey(
        Network, null=True, blank=True, on_delete=models.CASCADE, related_name="strengths", verbose_name=_("réseau")
    )
    organisation = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="strengths",
        verbose_name=_("structure"),
    )
    site = models.ForeignKey(
        Site,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="strengths",
        verbose_name=_("lieu"),
    )
    text = models.CharField(_("atout ou modalité propre"), max_length=300)
    source_name = models.CharField(_("source"), max_length=300)
    source_url = models.URLField(_("adresse"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("atout d'opérateur")
        verbose_name_plural = _("atouts d'opérateurs")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "organisation", "site", "text"], name="strength_once", nulls_distinct=False
            ),
            models.CheckConstraint(
                name="strength_of_one",
                condition=Q(network__isnull=False, organisation__isnull=True, site__isnull=True)
                | Q(network__isnull=True, organisation__isnull=False, site__isnull=True)
                | Q(network__isnull=True, organisation__isnull=True, site__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text


class RegionalDesk(Dated):
    """The number and the portal of the regional operator in a region, from a day to a day."""

    region_code = models.CharField(_("région"), max_length=3)
    name = models.CharField(_("nom"), max_length=200)
    phone = models.CharField(_("téléphone"), max_length=20, blank=True)
    portal_url = models.URLField(_("portail"), max_length=500, blank=True)
    source_name = models.CharField(_("source"), max_length=300, blank=True)
    source_url = models.URLField(_("adresse de la source"), max_length=500, blank=True)
    is_fictitious = models.BooleanField(_("fictif (démonstration)"), default=False)

    class Meta:
        verbose_name = _("accueil régional")
        verbose_name_plural = _("accueils régionaux")
        indexes = [models.Index(fields=["region_code"], name="regional_desk_region")]

    def __str__(self) -> str:
        return f"{self.name} ({self.region_code})"
