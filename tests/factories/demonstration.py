"""The demonstration territory in a test: its real communes, then the very rows that a user loads."""

from datetime import date

from ensemblier.directory.actions.demonstration import load_demonstration
from ensemblier.directory.actions.networks import ensure_networks
from tests.factories.territory import BRIANCON, GAP, Place, make_places

TODAY = date(2026, 11, 22)

EMBRUN = Place("05046", "Embrun", ("05200",), 6412, 44.5641, 6.4949, ("200067742", "CC Serre-Ponçon"))
GUILLESTRE = Place("05065", "Guillestre", ("05600",), 2295, 44.6595, 6.6498, ("200067452", "CC du Guillestrois"))
SAVINES = Place("05164", "Savines-le-Lac", ("05160",), 1102, 44.5259, 6.4045, ("200067742", "CC Serre-Ponçon"))
VARS = Place("05177", "Vars", ("05560",), 588, 44.5779, 6.6927, ("200067452", "CC du Guillestrois"))
RISOUL = Place("05119", "Risoul", ("05600",), 664, 44.6490, 6.6380, ("200067452", "CC du Guillestrois"))
LES_ORRES = Place("05098", "Les Orres", ("05200",), 510, 44.5114, 6.5527, ("200067742", "CC Serre-Ponçon"))


def make_demonstration() -> None:
    """Communes of the Hautes-Alpes and the demonstration as it stands on 22 November 2026."""
    ensure_networks()
    make_places(GAP, BRIANCON, EMBRUN, GUILLESTRE, SAVINES, VARS, RISOUL, LES_ORRES)
    load_demonstration(today=TODAY)
