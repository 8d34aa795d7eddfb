"""The contents of the vault."""

from cchc_flow.workflow.events.base import Content, Data


class ContentErased(Data, frozen=True, kw_only=True):
    """A content of the vault was erased: its bytes and salt are gone, the events that refer to it stay."""

    digest: str
    decision: str | None
    reason: Content
