"""Orders about the settings of the workspace."""

import msgspec

from cchc_flow.errors import MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.port import Change, Draft
from cchc_flow.handling.writing import Order, Writing, is_system, write
from cchc_flow.projections import directory, settings
from cchc_flow.workflow.events import NAMES, JsonObject, SettingChanged
from cchc_flow.workflow.settings import Settings, changed
from cchc_flow.workspace import Workspace

LONGEST_SOURCE = 300


def change_setting(ws: Workspace, name: str, value: JsonObject, source: str, order: Order) -> None:
    """Give a setting another value from now on; the value it has already changes nothing.

    Raise NotFound for a setting that there is not, MissingData for a value that it cannot have, or without a
    source, and NotAllowed for one who may not.
    """
    if name not in Settings.__struct_fields__:
        raise NotFound(f"Không có thiết lập «{name[:40]}».", "Hãy mở lại trang Thiết lập.")
    grounds = " ".join(source.split())

    def once() -> Writing:
        db = ws.read()
        actor = directory.actor(db, order.actor)
        role = next((one for one in ("coordinator", "admin") if one in actor.roles), None)
        if role is None and not is_system(order):
            raise NotAllowed(
                "Bạn không được sửa thiết lập.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
            )
        now = settings.in_force(db)
        after = _read(now, name, value)
        if after == now:
            return Writing([])
        if not 1 <= len(grounds) <= LONGEST_SOURCE:
            raise MissingData({"source": f"Căn cứ: cần từ 1 đến {LONGEST_SOURCE} ký tự."})
        data = {"setting": name, "value": msgspec.to_builtins(getattr(after, name)), "source": grounds}
        version = len(ws.log.stream(f"settings-{name}"))
        change = Change(f"settings-{name}", version, (Draft(NAMES[SettingChanged], data),))
        return Writing([change], role, actor.unit)

    write(ws, order, [name, value, grounds], once)


def _read(now: Settings, name: str, value: JsonObject) -> Settings:
    try:
        return changed(now, name, value)
    except msgspec.ValidationError as error:
        raise MissingData({name: f"Giá trị không dùng được: {error}."}) from error
