"""Closed lists of the animation of a territory, in the words of the field."""

from enum import StrEnum

from ensemblier.kernel.words import marked


class Said(StrEnum):
    """A closed list whose members have a French name."""

    @property
    def label(self) -> str:
        """The French name."""
        return LABELS[self]


class CellKind(Said):
    """What the law leaves open, so what a territory calls it."""

    CELL = "cell"
    LOCAL_SERVICE = "local_service"
    GUICHET = "guichet"


class MeansKind(Said):
    """What somebody brings."""

    STAFF = "staff"
    BUDGET = "budget"
    PREMISES = "premises"
    TOOLS = "tools"
    OTHER = "other_means"


class EventKind(Said):
    """Every kind of meeting that the study and the founding texts name."""

    WORKSHOP = "workshop"
    CROSS_PRESENTATION = "cross_presentation"
    POSTURE_SEMINAR = "posture_seminar"
    GROUP_MEETING = "group_meeting"
    PUBLIC_FORUM = "public_forum"
    ORIENTATION_DAY = "orientation_day"
    REGIONAL_DAY = "regional_day"
    IMMERSION = "immersion"
    TRAINING = "training"
    OTHER = "other_event"


class EventMode(Said):
    """Where one takes part."""

    ON_SITE = "on_site"
    ONLINE = "online"
    BOTH = "both"


class Audience(Said):
    """For whom it is held."""

    PROFESSIONALS = "professionals"
    PUBLIC = "public"
    EVERYBODY = "everybody"


class EventState(Said):
    """Where an event stands. `HELD`: its report or its attendance is written."""

    DRAFT = "draft"
    PUBLISHED = "published"
    HELD = "held"
    CANCELLED = "cancelled"


class SeatState(Said):
    """Where a registration stands."""

    SEATED = "seated"
    WAITING = "waiting"
    WITHDRAWN = "withdrawn"


class Rhythm(Said):
    """How an event comes back."""

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    MONTHLY = "monthly"


class ActionKind(Said):
    """The actions of a scheme, as the seasonal workers' one names them."""

    ONE_STOP = "one_stop"
    FOLLOW_UP = "follow_up"
    TRAINING_FUND = "training_fund"
    ORIENTATION = "orientation"
    JOB_FORUM = "job_forum"
    OTHER = "other_action"


class Progress(Said):
    """How far an action, or a commitment, went."""

    PLANNED = "planned"
    GOING = "going"
    DONE = "done"
    DROPPED = "dropped"


class GroupRole(Said):
    """What a member of a working group does there."""

    ANIMATOR = "animator"
    MEMBER = "member"


class Axis(Said):
    """What a convention is about (the three axes of the Île-de-France convention of 28 February 2019, and more)."""

    AIGUILLAGE = "aiguillage"
    JOINT_EVENTS = "joint_events"
    CROSS_TRAINING = "cross_training"
    TOOLS = "shared_tools"
    OTHER = "other_axis"


class TimelineKind(Said):
    """What changes the life of a territory's network."""

    POLICY = "policy"
    CELL_OPENED = "cell_opened"
    CELL_CLOSED = "cell_closed"
    FUNDING_BEGAN = "funding_began"
    FUNDING_ENDED = "funding_ended"
    OPERATOR = "operator"
    SCHEME = "scheme"
    OTHER = "other_turn"


class Precision(Said):
    """How well a date is known: unknown is a value."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class Motive(Said):
    """For what one worked with somebody (families of relations of Céreq, Études 22, §4)."""

    OBSTACLES = "obstacles"
    PROJECT = "project"
    IMPLEMENTATION = "implementation"
    FINANCING = "financing"
    AIGUILLAGE = "aiguillage_motive"
    OTHER = "other_motive"


class TieForm(Said):
    """How organisations worked together before, or beside, the platform."""

    CALLS = "calls"
    MEETINGS = "meetings"
    JOINT_ACTION = "joint_action"
    SHARED_TOOL = "shared_tool"
    CONVENTION = "convention_tie"


class QuestionState(Said):
    """Where a question of the community stands."""

    OPEN = "open"
    ANSWERED = "answered"
    HIDDEN = "hidden"


LABELS: dict[Said, str] = {
    CellKind.CELL: marked("cellule d’animation"),
    CellKind.LOCAL_SERVICE: marked("service local de l’orientation"),
    CellKind.GUICHET: marked("guichet unique"),
    MeansKind.STAFF: marked("du temps de travail"),
    MeansKind.BUDGET: marked("un budget"),
    MeansKind.PREMISES: marked("un lieu"),
    MeansKind.TOOLS: marked("des outils"),
    MeansKind.OTHER: marked("autre chose"),
    EventKind.WORKSHOP: marked("atelier"),
    EventKind.CROSS_PRESENTATION: marked("présentation croisée des offres"),
    EventKind.POSTURE_SEMINAR: marked("séminaire sur la posture"),
    EventKind.GROUP_MEETING: marked("réunion de groupe de travail"),
    EventKind.PUBLIC_FORUM: marked("forum pour le public"),
    EventKind.ORIENTATION_DAY: marked("journée de l’orientation"),
    EventKind.REGIONAL_DAY: marked("journée régionale"),
    EventKind.IMMERSION: marked("immersion chez un partenaire"),
    EventKind.TRAINING: marked("session de professionnalisation"),
    EventKind.OTHER: marked("autre rencontre"),
    EventMode.ON_SITE: marked("sur place"),
    EventMode.ONLINE: marked("à distance"),
    EventMode.BOTH: marked("sur place ou à distance"),
    Audience.PROFESSIONALS: marked("professionnels"),
    Audience.PUBLIC: marked("public"),
    Audience.EVERYBODY: marked("public et professionnels"),
    EventState.DRAFT: marked("en préparation"),
    EventState.PUBLISHED: marked("annoncé"),
    EventState.HELD: marked("tenu"),
    EventState.CANCELLED: marked("annulé"),
    SeatState.SEATED: marked("place réservée"),
    SeatState.WAITING: marked("sur la liste d’attente"),
    SeatState.WITHDRAWN: marked("inscription retirée"),
    Rhythm.WEEKLY: marked("chaque semaine"),
    Rhythm.FORTNIGHTLY: marked("une semaine sur deux"),
    Rhythm.MONTHLY: marked("chaque mois, le même jour de la semaine"),
    ActionKind.ONE_STOP: marked("guichet unique ouvert"),
    ActionKind.FOLLOW_UP: marked("suivi des personnes"),
    ActionKind.TRAINING_FUND: marked("financement de formations ad hoc"),
    ActionKind.ORIENTATION: marked("journées de l’orientation"),
    ActionKind.JOB_FORUM: marked("forum pour l’emploi"),
    ActionKind.OTHER: marked("autre action"),
    Progress.PLANNED: marked("à faire"),
    Progress.GOING: marked("en cours"),
    Progress.DONE: marked("fait"),
    Progress.DROPPED: marked("abandonné"),
    GroupRole.ANIMATOR: marked("anime le groupe"),
    GroupRole.MEMBER: marked("participe"),
    Axis.AIGUILLAGE: marked("aiguillage des publics"),
    Axis.JOINT_EVENTS: marked("événements communs"),
    Axis.CROSS_TRAINING: marked("professionnalisation croisée"),
    Axis.TOOLS: marked("outils partagés"),
    Axis.OTHER: marked("autre axe"),
    TimelineKind.POLICY: marked("changement de politique"),
    TimelineKind.CELL_OPENED: marked("ouverture d’une cellule"),
    TimelineKind.CELL_CLOSED: marked("arrêt d’une cellule"),
    TimelineKind.FUNDING_BEGAN: marked("début d’un financement"),
    TimelineKind.FUNDING_ENDED: marked("fin d’un financement"),
    TimelineKind.OPERATOR: marked("changement d’opérateur"),
    TimelineKind.SCHEME: marked("nouveau dispositif"),
    TimelineKind.OTHER: marked("autre tournant"),
    Precision.DAY: marked("au jour près"),
    Precision.MONTH: marked("au mois près"),
    Precision.YEAR: marked("à l’année près"),
    Motive.OBSTACLES: marked("lever un frein (logement, santé, transport…)"),
    Motive.PROJECT: marked("construire le projet"),
    Motive.IMPLEMENTATION: marked("le mettre en œuvre (emploi, formation, création)"),
    Motive.FINANCING: marked("financer une formation"),
    Motive.AIGUILLAGE: marked("trouver la bonne porte"),
    Motive.OTHER: marked("autre motif"),
    TieForm.CALLS: marked("des appels entre conseillers"),
    TieForm.MEETINGS: marked("des réunions régulières"),
    TieForm.JOINT_ACTION: marked("une action commune"),
    TieForm.SHARED_TOOL: marked("un outil partagé"),
    TieForm.CONVENTION: marked("une convention signée"),
    QuestionState.OPEN: marked("attend une réponse"),
    QuestionState.ANSWERED: marked("a trouvé sa réponse"),
    QuestionState.HIDDEN: marked("masquée par la modération"),
}
