"""The words of the relay: its states, its moves, who moves, what is seen."""

from enum import StrEnum


class RelayState(StrEnum):
    """Where a relay stands. The last seven are final."""

    DRAFT = "draft"
    AWAITING_PERSON = "awaiting_person"
    SENT = "sent"
    ACKNOWLEDGED = "acknowledged"
    INFO_REQUESTED = "info_requested"
    ACCEPTED = "accepted"
    IN_PROGRESS = "in_progress"
    COMPLETED = "completed"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    FAILED = "failed"
    EXPIRED = "expired"
    ENTERED_IN_ERROR = "entered_in_error"

    @property
    def label(self) -> str:
        """The French name."""
        return _STATES[self]


_STATES = {
    RelayState.DRAFT: "brouillon",
    RelayState.AWAITING_PERSON: "attend le choix de la personne",
    RelayState.SENT: "envoyé",
    RelayState.ACKNOWLEDGED: "pris en charge",
    RelayState.INFO_REQUESTED: "complément demandé",
    RelayState.ACCEPTED: "accepté",
    RelayState.IN_PROGRESS: "premier rendez-vous tenu",
    RelayState.COMPLETED: "abouti",
    RelayState.DECLINED: "décliné",
    RelayState.WITHDRAWN: "arrêté par la personne",
    RelayState.CANCELLED: "annulé",
    RelayState.FAILED: "sans suite",
    RelayState.EXPIRED: "échu",
    RelayState.ENTERED_IN_ERROR: "saisi par erreur",
}

FINAL = frozenset(
    {
        RelayState.COMPLETED,
        RelayState.DECLINED,
        RelayState.WITHDRAWN,
        RelayState.CANCELLED,
        RelayState.FAILED,
        RelayState.EXPIRED,
        RelayState.ENTERED_IN_ERROR,
    }
)
OPEN = frozenset(RelayState) - FINAL


class RelayKind(StrEnum):
    """What is asked. Only a transfer moves the lead, at the first meeting held."""

    REFERRAL = "referral"
    TRANSFER = "transfer"
    PARTNER_REQUEST = "partner_request"
    JOINT = "joint"

    @property
    def label(self) -> str:
        """The French name."""
        return _KINDS[self]


_KINDS = {
    RelayKind.REFERRAL: "orientation",
    RelayKind.TRANSFER: "passage de main",
    RelayKind.PARTNER_REQUEST: "demande à un partenaire",
    RelayKind.JOINT: "accompagnement à plusieurs",
}


class Move(StrEnum):
    """What may be done to a relay."""

    PROPOSE = "propose"
    SEND = "send"
    ACKNOWLEDGE = "acknowledge"
    RELEASE = "release"
    REQUEST_INFO = "request_info"
    GIVE_INFO = "give_info"
    ACCEPT = "accept"
    DECLINE = "decline"
    MEET = "meet"
    COMPLETE = "complete"
    FAIL = "fail"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    EXPIRE = "expire"
    MARK_ERROR = "mark_error"


class Party(StrEnum):
    """Who stands before a relay. `PAPER`: the source's adviser records the person's choice made on paper."""

    PERSON = "person"
    PAPER = "paper"
    SOURCE = "source"
    RECIPIENT = "recipient"
    CLOCK = "clock"
    ADMINISTRATOR = "administrator"
    COORDINATOR = "coordinator"
    OUTSIDER = "outsider"


class View(StrEnum):
    """How much of a relay somebody sees, from nothing to everything that was shared."""

    NOTHING = "nothing"
    SOMEBODY = "somebody"
    STUB = "stub"
    ENVELOPE = "envelope"
    STATE = "state"
    SUMMARY = "summary"
    WHOLE = "whole"


class DeclineReason(StrEnum):
    """Why a recipient declines. From the codes in use in open systems of the field, without any health word."""

    NOT_COMPETENT = "not_competent"
    NOT_ELIGIBLE = "not_eligible"
    TOO_FAR = "too_far"
    FULL = "full"
    DUPLICATE = "duplicate"
    NOT_REACHABLE = "not_reachable"
    OBSTACLE_FIRST = "obstacle_first"
    OTHER = "other"

    @property
    def label(self) -> str:
        """The French name."""
        return _REASONS[self]


_REASONS = {
    DeclineReason.NOT_COMPETENT: "ce n’est pas notre mission",
    DeclineReason.NOT_ELIGIBLE: "les conditions de notre service ne sont pas remplies",
    DeclineReason.TOO_FAR: "trop loin de nos lieux d’accueil",
    DeclineReason.FULL: "plus de place avant longtemps",
    DeclineReason.DUPLICATE: "cette demande nous est déjà parvenue",
    DeclineReason.NOT_REACHABLE: "contact impossible avec ce qui est donné",
    DeclineReason.OBSTACLE_FIRST: "une autre difficulté est à régler d’abord",
    DeclineReason.OTHER: "autre motif",
}


class Outcome(StrEnum):
    """How a relay ended after acceptance: the first three complete it, the others fail it."""

    SUPPORT_BEGUN = "support_begun"
    ANSWERED = "answered"
    ALREADY_SOLVED = "already_solved"
    NO_SHOW = "no_show"
    UNREACHABLE = "unreachable"
    NOT_SUITABLE = "not_suitable"

    @property
    def label(self) -> str:
        """The French name."""
        return _OUTCOMES[self]


_OUTCOMES = {
    Outcome.SUPPORT_BEGUN: "l’accompagnement a commencé",
    Outcome.ANSWERED: "la demande a reçu sa réponse",
    Outcome.ALREADY_SOLVED: "la demande était déjà résolue",
    Outcome.NO_SHOW: "la personne n’est pas venue",
    Outcome.UNREACHABLE: "la personne n’a pas pu être jointe",
    Outcome.NOT_SUITABLE: "ce service ne convenait pas",
}


class Means(StrEnum):
    """By what means somebody tried to reach the person."""

    PHONE = "phone"
    SMS = "sms"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"

    @property
    def label(self) -> str:
        """The French name."""
        return _MEANS[self]


_MEANS = {
    Means.PHONE: "téléphone",
    Means.SMS: "SMS",
    Means.EMAIL: "courriel",
    Means.LETTER: "courrier postal",
    Means.VISIT: "visite",
}

GOOD_OUTCOMES = frozenset({Outcome.SUPPORT_BEGUN, Outcome.ANSWERED, Outcome.ALREADY_SOLVED})


class Refused(StrEnum):
    """Why a move is refused; `label` is the sentence for the person who tried."""

    NOT_YOURS = "not_yours"
    STALE = "stale"
    NOT_FROM_HERE = "not_from_here"
    CONSENT = "consent"
    NO_CHOICE = "no_choice"
    NOT_WHAT_WAS_SHOWN = "not_what_was_shown"
    NO_PROOF = "no_proof"
    NO_OFFER = "no_offer"
    NO_ADVISER = "no_adviser"
    NO_APPOINTMENT = "no_appointment"
    NO_REASON = "no_reason"
    NO_MEETING = "no_meeting"
    NO_OUTCOME = "no_outcome"
    NOT_TRIED_ENOUGH = "not_tried_enough"
    NOT_DUE = "not_due"
    NO_SECOND_PERSON = "no_second_person"
    ASKED_ENOUGH = "asked_enough"

    @property
    def label(self) -> str:
        """A French sentence that says what to do."""
        return _REFUSALS[self]


_REFUSALS = {
    Refused.NOT_YOURS: "Ce relais ne vous est pas ouvert pour ce geste.",
    Refused.STALE: "Quelqu’un a agi sur ce relais entre-temps : relisez-le avant de décider.",
    Refused.NOT_FROM_HERE: "Ce geste n’est plus possible dans l’état où se trouve le relais.",
    Refused.CONSENT: "La personne n’a pas donné, ou a arrêté, ce partage : demandez-lui son accord.",
    Refused.NO_CHOICE: "La personne choisit elle-même une des structures proposées.",
    Refused.NOT_WHAT_WAS_SHOWN: "Le texte a changé depuis que la personne l’a lu : montrez-le-lui de nouveau.",
    Refused.NO_PROOF: "Indiquez où se trouve l’accord signé sur papier.",
    Refused.NO_OFFER: "Proposez au moins une structure, et toujours « aucune de celles-ci ».",
    Refused.NO_ADVISER: "Indiquez qui prend en charge ce relais.",
    Refused.NO_APPOINTMENT: "Proposez un rendez-vous à venir.",
    Refused.NO_REASON: "Choisissez un motif, et une proposition (ou « aucune connue »).",
    Refused.NO_MEETING: "Indiquez quand le rendez-vous s’est tenu, après l’acceptation.",
    Refused.NO_OUTCOME: "Indiquez l’issue du relais.",
    Refused.NOT_TRIED_ENOUGH: "Essayez au moins trois fois, par deux moyens, avant de clore sans suite.",
    Refused.NOT_DUE: "L’échéance n’est pas passée.",
    Refused.NO_SECOND_PERSON: "Une seconde personne confirme une saisie par erreur.",
    Refused.ASKED_ENOUGH: (
        "Deux questions ont déjà reçu leur réponse : acceptez, déclinez, ou écrivez un message sans arrêter le relais."
    ),
}
