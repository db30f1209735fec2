from ensemblier.routing.models.agreements import Agreement, AgreementParty, AgreementShare
from ensemblier.routing.models.coverage import CoverageAlert
from ensemblier.routing.models.decisions import KeptDecision, PublishedRules

__all__ = ["Agreement", "AgreementParty", "AgreementShare", "CoverageAlert", "KeptDecision", "PublishedRules"]
