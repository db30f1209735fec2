"""Closed lists of the ground: kinds of zones, of changes of communes, purposes of perimeters."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class ZoneKind(StrEnum):
    """A kind of zone. `commune` and `perimeter` are kinds too wherever a figure is attached to a place."""

    COMMUNE = "commune"
    ARRONDISSEMENT_MUNICIPAL = "arrondissement_municipal"
    EPCI = "epci"
    EPT = "ept"
    ARRONDISSEMENT = "arrondissement"
    DEPARTEMENT = "departement"
    REGION = "region"
    ZONE_EMPLOI = "zone_emploi"
    BASSIN_VIE = "bassin_vie"
    AIRE_ATTRACTION = "aire_attraction"
    UNITE_URBAINE = "unite_urbaine"
    CANTON = "canton"
    PERIMETER = "perimeter"

    @property
    def label(self) -> str:
        """French name."""
        return _ZONE_LABELS[self]


_ZONE_LABELS = {
    ZoneKind.COMMUNE: marked("commune"),
    ZoneKind.ARRONDISSEMENT_MUNICIPAL: marked("arrondissement municipal"),
    ZoneKind.EPCI: marked("intercommunalité (EPCI)"),
    ZoneKind.EPT: marked("établissement public territorial"),
    ZoneKind.ARRONDISSEMENT: marked("arrondissement"),
    ZoneKind.DEPARTEMENT: marked("département"),
    ZoneKind.REGION: marked("région"),
    ZoneKind.ZONE_EMPLOI: marked("zone d'emploi"),
    ZoneKind.BASSIN_VIE: marked("bassin de vie"),
    ZoneKind.AIRE_ATTRACTION: marked("aire d'attraction des villes"),
    ZoneKind.UNITE_URBAINE: marked("unité urbaine"),
    ZoneKind.CANTON: marked("canton (ou pseudo-canton)"),
    ZoneKind.PERIMETER: marked("périmètre"),
}

COLUMN_KINDS = (
    ZoneKind.EPCI,
    ZoneKind.ARRONDISSEMENT,
    ZoneKind.DEPARTEMENT,
    ZoneKind.REGION,
    ZoneKind.ZONE_EMPLOI,
    ZoneKind.BASSIN_VIE,
)
"""Kinds that a commune points to by a column of its own; the others go through the membership table."""


class ChangeKind(StrEnum):
    """Why an old commune code leads to another one."""

    MERGER = "merger"
    DELEGATED = "delegated"
    ASSOCIATED = "associated"
    RESTORED = "restored"
    RENUMBERED = "renumbered"
    RENAMED = "renamed"
    PASSAGE = "passage"

    @property
    def label(self) -> str:
        """French name."""
        return _CHANGE_LABELS[self]


_CHANGE_LABELS = {
    ChangeKind.MERGER: marked("fusion"),
    ChangeKind.DELEGATED: marked("commune déléguée"),
    ChangeKind.ASSOCIATED: marked("commune associée"),
    ChangeKind.RESTORED: marked("commune rétablie"),
    ChangeKind.RENUMBERED: marked("changement de code"),
    ChangeKind.RENAMED: marked("changement de nom"),
    ChangeKind.PASSAGE: marked("table de passage"),
}


class NameKind(StrEnum):
    """Which name of a commune a search found."""

    CURRENT = "current"
    ARRONDISSEMENT = "arrondissement"
    DELEGATED = "delegated"
    ASSOCIATED = "associated"
    OLD = "old"
    POSTCODE = "postcode"

    @property
    def label(self) -> str:
        """French name."""
        return _NAME_LABELS[self]


_NAME_LABELS = {
    NameKind.CURRENT: marked("commune"),
    NameKind.ARRONDISSEMENT: marked("arrondissement municipal"),
    NameKind.DELEGATED: marked("commune déléguée"),
    NameKind.ASSOCIATED: marked("commune associée"),
    NameKind.OLD: marked("ancien nom"),
    NameKind.POSTCODE: marked("code postal"),
}


class PerimeterPurpose(StrEnum):
    """What a set of communes is for."""

    OPERATOR_ZONE = "operator_zone"
    INTERVENTION = "intervention"
    CELL = "cell"
    CONVENTION = "convention"
    STUDY = "study"
    OTHER = "other"

    @property
    def label(self) -> str:
        """French name."""
        return _PURPOSE_LABELS[self]


_PURPOSE_LABELS = {
    PerimeterPurpose.OPERATOR_ZONE: marked("zone d'un opérateur"),
    PerimeterPurpose.INTERVENTION: marked("périmètre d'intervention"),
    PerimeterPurpose.CELL: marked("cellule d'animation"),
    PerimeterPurpose.CONVENTION: marked("convention"),
    PerimeterPurpose.STUDY: marked("étude"),
    PerimeterPurpose.OTHER: marked("autre"),
}
