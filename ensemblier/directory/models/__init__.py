"""Tables of the directory, one file per subject. Django finds them here."""

from ensemblier.directory.models.contacts import Contact, ContactAbsence
from ensemblier.directory.models.exchange import (
    DuplicatePair,
    ImportedRow,
    ImportRun,
    Merge,
    SavedMapping,
    SetAsideRow,
)
from ensemblier.directory.models.moderation import CallbackOrigin, CallbackRequest, Suggestion
from ensemblier.directory.models.networks import (
    GroupementMember,
    Lot,
    LotHolder,
    Network,
    NetworkMembership,
    NetworkName,
    NetworkSuccession,
    RegionalDesk,
    Strength,
)
from ensemblier.directory.models.offers import Offer
from ensemblier.directory.models.organisations import Organisation
from ensemblier.directory.models.permanences import Permanence
from ensemblier.directory.models.sites import Counter, HoursException, InterventionPerimeter, ServedCommune, Site
from ensemblier.directory.models.sources import Source, Sourced

__all__ = [
    "CallbackOrigin",
    "CallbackRequest",
    "Contact",
    "ContactAbsence",
    "Counter",
    "DuplicatePair",
    "GroupementMember",
    "HoursException",
    "ImportRun",
    "ImportedRow",
    "InterventionPerimeter",
    "Lot",
    "LotHolder",
    "Merge",
    "Network",
    "NetworkMembership",
    "NetworkName",
    "NetworkSuccession",
    "Offer",
    "Organisation",
    "Permanence",
    "RegionalDesk",
    "SavedMapping",
    "ServedCommune",
    "SetAsideRow",
    "Site",
    "Source",
    "Sourced",
    "Strength",
    "Suggestion",
]
