"""What the journal of accesses keeps: who did what on which file or relay, when. Never what was read or written."""

from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """One kind of reading, writing or refusal. A new page or action takes the nearest, or adds its own line here."""

    OPEN_FILE = "open_file"
    READ_FILE = "read_file"
    WRITE_FILE = "write_file"
    SEARCH_FILES = "search_files"
    READ_RELAY = "read_relay"
    LIST_RELAYS = "list_relays"
    WRITE_RELAY = "write_relay"
    MOVE_RELAY = "move_relay"
    GIVE_CONSENT = "give_consent"
    STOP_CONSENT = "stop_consent"
    GRANT_ACCESS = "grant_access"
    SUBSTITUTE = "substitute"
    STAND_IN = "stand_in"
    END_ACCESS = "end_access"
    FREEZE_FILE = "freeze_file"
    UNFREEZE_FILE = "unfreeze_file"
    PLAN_ERASURE = "plan_erasure"
    STOP_ERASURE = "stop_erasure"
    EXPORT_FILE = "export_file"
    ERASE_FILE = "erase_file"
    ERASE_JOURNAL = "erase_journal"
    INVITE_PERSON = "invite_person"
    LINK_FILE = "link_file"
    UNLINK_FILE = "unlink_file"
    READ_JOURNAL = "read_journal"
    ASK_RIGHTS = "ask_rights"
    ANSWER_RIGHTS = "answer_rights"
    SAY_OF_PAPER = "say_of_paper"
    SAY_OPINION = "say_opinion"
    TAKE_DATA = "take_data"
    IMPORT_FILE = "import_file"

    @property
    def label(self) -> str:
        """The French name, as the person reads it in "who looked"."""
        return _ACTS[self]


_ACTS = {
    Act.OPEN_FILE: "a ouvert le dossier",
    Act.READ_FILE: "a lu le dossier",
    Act.WRITE_FILE: "a écrit dans le dossier",
    Act.SEARCH_FILES: "a cherché un dossier",
    Act.READ_RELAY: "a lu le relais",
    Act.LIST_RELAYS: "a lu la liste des relais",
    Act.WRITE_RELAY: "a préparé le relais",
    Act.MOVE_RELAY: "a fait avancer le relais",
    Act.GIVE_CONSENT: "a noté un partage",
    Act.STOP_CONSENT: "a arrêté un partage",
    Act.GRANT_ACCESS: "a ouvert l’accès à un collègue",
    Act.SUBSTITUTE: "a ouvert le dossier pour remplacer un collègue",
    Act.STAND_IN: "a ouvert le dossier au remplaçant d’un collègue absent",
    Act.END_ACCESS: "a fermé un accès",
    Act.FREEZE_FILE: "a gelé le dossier",
    Act.UNFREEZE_FILE: "a levé le gel du dossier",
    Act.PLAN_ERASURE: "a préparé l’effacement du dossier",
    Act.STOP_ERASURE: "a abandonné l’effacement du dossier",
    Act.EXPORT_FILE: "a exporté le dossier",
    Act.ERASE_FILE: "a effacé le dossier",
    Act.ERASE_JOURNAL: "a effacé les lignes échues du journal",
    Act.INVITE_PERSON: "a invité la personne à ouvrir son dossier",
    Act.LINK_FILE: "a relié le dossier à son espace",
    Act.UNLINK_FILE: "a délié le dossier de son espace",
    Act.READ_JOURNAL: "a lu qui avait regardé",
    Act.ASK_RIGHTS: "a fait une demande sur ses données",
    Act.ANSWER_RIGHTS: "a répondu à une demande",
    Act.SAY_OF_PAPER: "a dit si un papier était le sien",
    Act.SAY_OPINION: "a donné son avis",
    Act.TAKE_DATA: "a emporté ses données",
    Act.IMPORT_FILE: "a repris un dossier emporté",
}


@dataclass(frozen=True, slots=True)
class ChainHead:
    """The last link of a chain, as it is exported: `mark` in hexadecimal."""

    shard: int
    position: int
    mark: str


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A place where the journal is not what was written. An entry without link: `shard` -1, `position` its id."""

    kind: str
    shard: int
    position: int
