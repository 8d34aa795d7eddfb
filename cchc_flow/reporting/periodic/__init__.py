"""The commune's periodic reports: made as a document at a cut-off, with the events behind each number."""

from cchc_flow.reporting.periodic.build import build_report
from cchc_flow.reporting.periodic.values import BuiltReport, Edition, Gap, Passage, SectionText

__all__ = ["BuiltReport", "Edition", "Gap", "Passage", "SectionText", "build_report"]
