"""Cells: who carries one, on which communes, with what means, until when it is paid."""

from django.db import models
from django.db.models import Q

from ensemblier.accounts.models import User
from ensemblier.animation.core.kinds import CellKind, MeansKind
from ensemblier.animation.models.bases import Head, Keyed, in_order, one_of
from ensemblier.directory.models import Organisation, Site
from ensemblier.kernel.orm.choices import choices_of, closed_list


class Cell(Head):
    """A cell, a local orientation service or a guichet: one place where the actors of a territory act together."""

    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=choices_of(CellKind))
    mission = models.TextField(max_length=4000)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    place = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "cellule"
        verbose_name_plural = "cellules"
        constraints = [
            closed_list("kind", CellKind, name="cell_kind_known"),
            models.CheckConstraint(condition=~Q(name=""), name="cell_has_a_name"),
            in_order("started_on", "ended_on", name="cell_period"),
        ]

    def __str__(self) -> str:
        return self.name


class CellCarrier(Keyed):
    """An organisation that carries a cell: any one, or several, because the law leaves the pilot open."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="carriers")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "porteur d’une cellule"
        verbose_name_plural = "porteurs des cellules"
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "organisation", "since"], name="cell_carrier_once", nulls_distinct=False
            ),
            in_order("since", "until", name="cell_carrier_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.cell_id}"


class CellMember(Keyed):
    """An organisation that takes part in a cell, and who speaks for it there (an account, or nobody named)."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "membre d’une cellule"
        verbose_name_plural = "membres des cellules"
        constraints = [
            models.UniqueConstraint(
                fields=["cell", "organisation", "user", "since"], name="cell_member_once", nulls_distinct=False
            ),
            in_order("since", "until", name="cell_member_period"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.cell_id}"


class Means(Keyed):
    """What somebody brings to a cell or to a shared problem: time, money, a place."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, null=True, blank=True, related_name="means")
    problem = models.ForeignKey(
        "animation.Problem", on_delete=models.CASCADE, null=True, blank=True, related_name="means"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=choices_of(MeansKind))
    words = models.CharField(max_length=300)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "moyens apportés"
        verbose_name_plural = "moyens apportés"
        constraints = [
            closed_list("kind", MeansKind, name="means_kind_known"),
            one_of("cell", "problem", name="means_of_one"),
            in_order("since", "until", name="means_period"),
        ]

    def __str__(self) -> str:
        return self.words


class Funding(Keyed):
    """A funding with its end, and what would stop with it: an alert is raised before that day."""

    cell = models.ForeignKey(Cell, on_delete=models.CASCADE, null=True, blank=True, related_name="fundings")
    problem = models.ForeignKey(
        "animation.Problem", on_delete=models.CASCADE, null=True, blank=True, related_name="fundings"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    funder = models.CharField(max_length=200)
    euros = models.PositiveIntegerField(null=True, blank=True)
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    would_stop = models.TextField(max_length=1000, blank=True)

    class Meta:
        verbose_name = "financement"
        verbose_name_plural = "financements"
        constraints = [
            one_of("cell", "problem", name="funding_of_one"),
            in_order("since", "until", name="funding_period"),
        ]
        indexes = [models.Index(fields=["until"], name="funding_until")]

    def __str__(self) -> str:
        return self.funder
