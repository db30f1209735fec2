"""Closed lists of the ground: kinds of zones, of changes of communes, purposes of perimeters."""

from enum import StrEnum


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
    ZoneKind.COMMUNE: "commune",
    ZoneKind.ARRONDISSEMENT_MUNICIPAL: "arrondissement municipal",
    ZoneKind.EPCI: "intercommunalité (EPCI)",
    ZoneKind.EPT: "établissement public territorial",
    ZoneKind.ARRONDISSEMENT: "arrondissement",
    ZoneKind.DEPARTEMENT: "département",
    ZoneKind.REGION: "région",
    ZoneKind.ZONE_EMPLOI: "zone d'emploi",
    ZoneKind.BASSIN_VIE: "bassin de vie",
    ZoneKind.AIRE_ATTRACTION: "aire d'attraction des villes",
    ZoneKind.UNITE_URBAINE: "unité urbaine",
    ZoneKind.CANTON: "canton (ou pseudo-canton)",
    ZoneKind.PERIMETER: "périmètre",
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
    ChangeKind.MERGER: "fusion",
    ChangeKind.DELEGATED: "commune déléguée",
    ChangeKind.ASSOCIATED: "commune associée",
    ChangeKind.RESTORED: "commune rétablie",
    ChangeKind.RENUMBERED: "changement de code",
    ChangeKind.RENAMED: "changement de nom",
    ChangeKind.PASSAGE: "table de passage",
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
    NameKind.CURRENT: "commune",
    NameKind.ARRONDISSEMENT: "arrondissement municipal",
    NameKind.DELEGATED: "commune déléguée",
    NameKind.ASSOCIATED: "commune associée",
    NameKind.OLD: "ancien nom",
    NameKind.POSTCODE: "code postal",
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
    PerimeterPurpose.OPERATOR_ZONE: "zone d'un opérateur",
    PerimeterPurpose.INTERVENTION: "périmètre d'intervention",
    PerimeterPurpose.CELL: "cellule d'animation",
    PerimeterPurpose.CONVENTION: "convention",
    PerimeterPurpose.STUDY: "étude",
    PerimeterPurpose.OTHER: "autre",
}
