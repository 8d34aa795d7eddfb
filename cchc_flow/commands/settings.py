"""Orders about the settings of the workspace."""

import msgspec

from cchc_flow.commands.unit_of_work import Order, Writing, is_system, write
from cchc_flow.errors import ItemMoved, MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.projections import directory, settings
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.events import NAMES, JsonObject, SettingChanged
from cchc_flow.workflow.settings.parsing import parse_setting
from cchc_flow.workflow.settings.values import Settings
from cchc_flow.workspace import Workspace

LONGEST_SOURCE = 300
EDITORS = ("coordinator", "admin")
"""Who may change settings, in the order in which a role is taken for it."""


def change_setting(
    ws: Workspace, name: str, value: JsonObject, source: str, order: Order, *, seen: int | None = None
) -> bool:
    """Give a setting another value from now on; return False for the value it has already: nothing changes.

    Raise NotFound for a setting that does not exist, MissingData for an invalid value or a missing source,
    NotAllowed for an actor who may not, and ItemMoved if it was changed after the change at position `seen`.
    """
    if name not in Settings.__struct_fields__:
        raise NotFound(f"Không có thiết lập «{name[:40]}».", "Hãy mở lại trang Thiết lập.")
    grounds = " ".join(source.split())

    def once() -> Writing:
        version = len(ws.log.stream(f"settings-{name}"))  # before what is decided by
        actor = directory.actor(ws.read(), order.actor)
        role = next((one for one in EDITORS if one in actor.roles), None)
        if role is None and not is_system(order):
            raise NotAllowed(
                "Bạn không được sửa thiết lập.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
            )
        refuse_old_page(ws, name, seen)
        data = _new_value(ws, name, value, grounds)
        if data is None:
            return Writing([])
        change = Change(f"settings-{name}", version, (Draft(NAMES[SettingChanged], data),))
        return Writing([change], role, actor.unit)

    return write(ws, order, [name, value, grounds], once) is not None


def refuse_old_page(ws: Workspace, name: str, seen: int | None) -> None:
    """Raise ItemMoved if the newest change of a setting is not the one at position `seen` (0: no change)."""
    newest = next(iter(settings.setting_changes(ws.read(), name)), None)
    if newest and seen is not None and newest.position != seen:
        who = directory.names(ws.read()).get(newest.actor, newest.actor)
        raise ItemMoved(
            f"{who} đã sửa thiết lập này lúc {moment_words(newest.recordedtime)}, sau khi bạn mở trang.",
            "Hãy xem giá trị mới rồi sửa lại nếu vẫn cần.",
        )


def _new_value(ws: Workspace, name: str, raw: JsonObject, grounds: str) -> JsonObject | None:
    """Return the data of the event, None when the value is the one in force."""
    db = ws.read()
    wrong: dict[str, str] = {}
    try:
        value = parse_setting(name, raw, [unit.id for unit in directory.units(db) if unit.active])
        if value == getattr(settings.effective_settings(db), name):
            return None
    except MissingData as error:
        wrong = error.fields
    if not 1 <= len(grounds) <= LONGEST_SOURCE:
        wrong["source"] = f"Căn cứ: cần từ 1 đến {LONGEST_SOURCE} ký tự."
    if wrong:
        raise MissingData(wrong)
    return {"setting": name, "value": msgspec.to_builtins(value), "source": grounds}
