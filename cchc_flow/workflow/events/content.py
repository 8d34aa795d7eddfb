"""The contents of the vault."""

from cchc_flow.workflow.events.base import Content, Data


class ContentErased(Data, frozen=True, kw_only=True):
    """A content of the vault was erased: its bytes and salt are gone, the events that refer to it stay.

    `legal_basis` is the article of law on which it rests, None where version 1 did not say.
    """

    digest: str
    decision: str | None
    legal_basis: str | None
    reason: Content
