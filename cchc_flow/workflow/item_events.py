"""The events of items, in the groups in which `item` applies them."""

from cchc_flow.workflow import events as ev

MainEvent = (
    ev.ItemOpened
    | ev.ItemAssigned
    | ev.ItemStarted
    | ev.ItemDeclined
    | ev.ItemProgressReported
    | ev.ItemSubmitted
    | ev.ItemWithdrawn
    | ev.ItemReturned
    | ev.ItemApproved
    | ev.ItemClosed
    | ev.ItemReopened
    | ev.ItemCommented
    | ev.ItemUndone
    | ev.ItemFollowed
    | ev.ItemReminded
)
SideEvent = (
    ev.ItemDistributed
    | ev.ItemSuspended
    | ev.ItemResumed
    | ev.ItemCancelled
    | ev.ItemExcused
    | ev.ItemWorkflowChanged
)
DayEvent = ev.ItemExtensionRequested | ev.ItemExtensionGranted | ev.ItemExtensionRefused | ev.ItemDueSet
StartEvent = ev.ItemStarted | ev.ItemReturned | ev.ItemWithdrawn | ev.ItemReopened
HandingEvent = ev.ItemHandedOver | ev.ItemDelegated | ev.ItemRecalled | ev.ItemSupportChanged
OtherEvent = ev.ItemAdvanced | ev.ItemReported | ev.ItemRemarked | ev.ItemWeighted | ev.ItemOverruled
ItemData = MainEvent | SideEvent | DayEvent | HandingEvent | OtherEvent

UNDONE_IN_PLACE = frozenset({ev.NAMES[ev.ItemDueSet], ev.NAMES[ev.ItemSupportChanged]})
"""The types of events that move nothing and can be undone."""
