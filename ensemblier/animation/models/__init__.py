"""Tables of the animation of a territory."""

from ensemblier.animation.models.cells import Cell, CellCarrier, CellMember, Funding, Means
from ensemblier.animation.models.community import Answer, Question, UsefulMark
from ensemblier.animation.models.events import Evaluation, EvaluationGiven, Event, EventSeries, Registration
from ensemblier.animation.models.groups import (
    Commitment,
    CommitmentReminder,
    Deliverable,
    GroupDecision,
    Minutes,
    WorkingGroup,
    WorkingGroupMember,
)
from ensemblier.animation.models.partnerships import (
    Course,
    DecisionHolder,
    Experiment,
    Partnership,
    PartnershipParty,
    TimelineEntry,
)
from ensemblier.animation.models.problems import (
    IndicatorYear,
    Problem,
    ProblemAction,
    ProblemIndicator,
    ProblemPartner,
)
from ensemblier.animation.models.ties import (
    CircleLetter,
    CircleMember,
    ContactReport,
    DeclaredTie,
    DigestSubscription,
    EventFeed,
    PartnerCircle,
    SurveyTaken,
)

__all__ = [
    "Answer", "Cell", "CellCarrier", "CellMember", "CircleLetter", "CircleMember", "Commitment", "CommitmentReminder",
    "ContactReport", "Course", "DecisionHolder", "DeclaredTie", "Deliverable", "DigestSubscription", "Evaluation",
    "EvaluationGiven", "Event", "EventFeed", "EventSeries", "Experiment", "Funding", "GroupDecision", "IndicatorYear",
    "Means", "Minutes", "PartnerCircle", "Partnership", "PartnershipParty", "Problem", "ProblemAction",
    "ProblemIndicator", "ProblemPartner", "Question", "Registration", "SurveyTaken", "TimelineEntry", "UsefulMark",
    "WorkingGroup", "WorkingGroupMember",
]  # fmt: skip
