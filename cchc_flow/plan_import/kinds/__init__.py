"""What a document is: a plan, a report, a decision …; each kind by the evidence for it."""

from cchc_flow.plan_import.kinds.identity import Identity, identify_document

__all__ = ["Identity", "identify_document"]
