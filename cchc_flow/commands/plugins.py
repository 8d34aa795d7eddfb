"""Command handlers about plugins: switch them on and off. Their figures are set in `figures`."""

from typing import cast

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.plugin_changes import stream_of_plugin
from cchc_flow.commands.typed_values import required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import NotAllowed, NotFound
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.projections import rules
from cchc_flow.workflow.commands import Typed
from cchc_flow.workflow.events import (
    NAMES,
    Content,
    Data,
    PluginDisabled,
    PluginEnabled,
)
from cchc_flow.workflow.typed_text import clean_text
from cchc_flow.workflow.upcast import newest_name
from cchc_flow.workspace import Workspace

LONGEST_REASON = 2_000


def switch_plugin(
    ws: Workspace, plugin: str, enabled: bool, order: Order, *, reason: str = "", seen: int | None = None
) -> None:
    """Switch a plugin on or off; nothing changes if it is so already.

    To switch one off takes a `reason`. Raise NotAllowed, NotFound, MissingData without a reason, or ItemMoved
    if it was switched after the version `seen` of its stream.
    """
    words = reason.strip()

    def decide_commit(uow: UnitOfWork) -> Commit:
        role = require_editor(uow)
        loaded = rules.loaded_plugins(uow.db).get(plugin)
        if loaded is None:
            raise NotFound(f"Không có lĩnh vực «{plugin[:40]}».", "Hãy mở lại trang Lĩnh vực.")
        refuse_old_page(uow, stream_of_plugin(plugin), seen, "bật hoặc tắt lĩnh vực này", concerns=is_switch)
        if loaded.enabled == enabled:
            return Commit()
        event = PluginEnabled(plugin=plugin) if enabled else _decide_disabling(plugin, words)
        return Commit([plugin_change(uow, plugin, event)], role)

    write(ws, order, ["plugin", plugin, enabled, words], decide_commit)


def is_switch(event: RecordedEvent) -> bool:
    """Tell whether an event switched a plugin on or off."""
    return newest_name(event.type) in {NAMES[PluginEnabled], NAMES[PluginDisabled]}


def _decide_disabling(plugin: str, reason: str) -> PluginDisabled:
    """Return the event that switches a plugin off; raise MissingData without a reason, or for a long one."""
    words = required_value("reason", "Lý do tắt", reason, LONGEST_REASON, clean_text)
    # what was typed becomes a reference to the vault when the event is stored
    return PluginDisabled(plugin=plugin, reason=cast("Content", Typed(words)))


def plugin_change(uow: UnitOfWork, plugin: str, event: Data) -> NewEvents:
    """Return an event about a plugin, to append on top of what was read."""
    stream = stream_of_plugin(plugin)
    return NewEvents(stream, uow.version_of(stream), (event,))


def require_editor(uow: UnitOfWork) -> str | None:
    """Return the role in which the actor may change plugins, None for the machine; raise NotAllowed."""
    actor = uow.actor()
    role = next((editor for editor in ("coordinator", "admin") if editor in actor.roles), None)
    if role is None and not uow.order.is_system:
        raise NotAllowed(
            "Bạn không được sửa các lĩnh vực.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
        )
    return role
