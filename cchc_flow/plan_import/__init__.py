"""Reads a plan document and returns a proposal, which a person corrects and adopts."""

from cchc_flow.plan_import.extraction.leads import suggested_leads
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.plan_import.reading import as_json, read_plan, read_plan_bytes

__all__ = ["Proposal", "as_json", "read_plan", "read_plan_bytes", "suggested_leads"]
