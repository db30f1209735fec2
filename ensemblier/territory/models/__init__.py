"""Tables of the ground: communes and their history, zones, perimeters, figures, travel times."""

from ensemblier.territory.models.communes import Commune, CommuneChange, PlaceName
from ensemblier.territory.models.figures import Figure, TravelTime, Variable
from ensemblier.territory.models.zones import Outline, Perimeter, Zone, ZoneMember

__all__ = [
    "Commune",
    "CommuneChange",
    "Figure",
    "Outline",
    "Perimeter",
    "PlaceName",
    "TravelTime",
    "Variable",
    "Zone",
    "ZoneMember",
]
