"""Tables of the app; Django finds them here."""

from ensemblier.journey.models.access import Access
from ensemblier.journey.models.appointments import Appointment, CalendarFeed
from ensemblier.journey.models.calendar import Activity
from ensemblier.journey.models.caseload import OwnNumber
from ensemblier.journey.models.consent_texts import ConsentReading
from ensemblier.journey.models.consents import Consent
from ensemblier.journey.models.contacts import LevelOneContact
from ensemblier.journey.models.documents import Document, SharedDocument
from ensemblier.journey.models.episodes import Episode, EpisodeLevel, Lead, StatusPeriod
from ensemblier.journey.models.financing import CostLine, FundingLine, TrainingProject
from ensemblier.journey.models.group import Decision, GroupMember
from ensemblier.journey.models.indicators import IndicatorTransmission
from ensemblier.journey.models.journal import JournalEntry, JournalHead, JournalLink
from ensemblier.journey.models.links import PersonLink
from ensemblier.journey.models.merges import FileMerge
from ensemblier.journey.models.needs import Need, PersonQuality
from ensemblier.journey.models.notes import Note
from ensemblier.journey.models.packets import RelayPacket
from ensemblier.journey.models.persons import Person
from ensemblier.journey.models.plan import PlanStep, PlanVersion
from ensemblier.journey.models.proposals import RelayErrorReport, RelaySequel
from ensemblier.journey.models.queue import QueueEntry
from ensemblier.journey.models.readings import Reading, ReadingStep
from ensemblier.journey.models.relay_messages import RelayMessage
from ensemblier.journey.models.relays import RefusedMove, Relay, RelayEvent
from ensemblier.journey.models.reminders import RelayReminder
from ensemblier.journey.models.retention import ConsentProof, DatedCount, Erasure, FileHold, FileTerm, PlannedErasure
from ensemblier.journey.models.rights import PaperAnswer, RightsRequest
from ensemblier.journey.models.satisfaction import RelayOpinion
from ensemblier.journey.models.signatures import ContentChange, Signature
from ensemblier.journey.models.skills import Project, RomeTitle, Skill
from ensemblier.journey.models.synthesis import Synthesis
from ensemblier.journey.models.webhooks import WebhookSubscription

__all__ = [
    "Access",
    "Activity",
    "Appointment",
    "CalendarFeed",
    "Consent",
    "ConsentProof",
    "ConsentReading",
    "ContentChange",
    "CostLine",
    "DatedCount",
    "Decision",
    "Document",
    "Episode",
    "EpisodeLevel",
    "Erasure",
    "FileHold",
    "FileMerge",
    "FileTerm",
    "FundingLine",
    "GroupMember",
    "IndicatorTransmission",
    "JournalEntry",
    "JournalHead",
    "JournalLink",
    "Lead",
    "LevelOneContact",
    "Need",
    "Note",
    "PaperAnswer",
    "Person",
    "PersonLink",
    "PersonQuality",
    "PlanStep",
    "PlannedErasure",
    "PlanVersion",
    "Project",
    "QueueEntry",
    "Reading",
    "ReadingStep",
    "RefusedMove",
    "Relay",
    "RelayErrorReport",
    "RelayEvent",
    "RelayMessage",
    "RelayOpinion",
    "RelayPacket",
    "RelayReminder",
    "RelaySequel",
    "RightsRequest",
    "RomeTitle",
    "SharedDocument",
    "Signature",
    "Skill",
    "StatusPeriod",
    "Synthesis",
    "TrainingProject",
    "WebhookSubscription",
    "ConsentProof",
    "DatedCount",
    "Erasure",
    "FileHold",
    "FileTerm",
    "IndicatorTransmission",
    "OwnNumber",
]
