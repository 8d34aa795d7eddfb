"""The command that changes a setting of the workspace."""

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.typed_values import faults_into, required_value
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork, write
from cchc_flow.errors import BadInput, MissingData, NotAllowed, NotFound
from cchc_flow.eventlog.witnesses.asking import parse_address
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.projections import directory, settings
from cchc_flow.workflow.events import JsonObject, SettingChanged
from cchc_flow.workflow.settings.parsing import parse_setting
from cchc_flow.workflow.settings.values import Settings, Value
from cchc_flow.workspace import Workspace

LONGEST_SOURCE = 300
EDITORS = ("coordinator", "admin")
"""Who may change settings, in the order in which a role is taken for it."""


def change_setting(
    ws: Workspace, name: str, value: JsonObject, source: str, order: Order, *, seen: int | None = None
) -> bool:
    """Give a setting another value from now on; return False for the value it has already: nothing changes.

    Raise NotFound for a setting that does not exist, MissingData for an invalid value or a missing source,
    NotAllowed for an actor who may not, and ItemMoved if it was changed after the version `seen`.
    """
    if name not in Settings.__struct_fields__:
        raise NotFound(f"Không có thiết lập «{name[:40]}».", "Hãy mở lại trang Thiết lập.")
    cleaned_source = " ".join(source.split())

    def decide_commit(uow: UnitOfWork) -> Commit:
        actor = uow.actor()
        role = next((editor for editor in EDITORS if editor in actor.roles), None)
        if role is None and not order.is_system:
            raise NotAllowed(
                "Bạn không được sửa thiết lập.", "Việc này do đầu mối CCHC hoặc quản trị thực hiện."
            )
        refuse_old_page(uow, stream_of_setting(name), seen, "sửa thiết lập này")
        event = _decide_change(uow.db, name, value, cleaned_source)
        if event is None:
            return Commit()
        return Commit([setting_change(uow, event)], role, actor.unit)

    return write(ws, order, [name, value, cleaned_source], decide_commit) is not None


def stream_of_setting(name: str) -> str:
    """Return the name of the stream of a setting."""
    return f"settings-{name}"


def setting_change(uow: UnitOfWork, event: SettingChanged) -> NewEvents:
    """Return a change of a setting, to append on top of what was read."""
    stream = stream_of_setting(event.setting)
    return NewEvents(stream, uow.version_of(stream), (event,))


def choosable_units(db: Database, value: Value) -> dict[str, str]:
    """Return the names by id of the units that a setting may name: the active ones, and those it has."""
    present = getattr(value, "units", ())
    return {unit.id: unit.words for unit in directory.units(db) if unit.active or unit.id in present}


def _decide_change(db: Database, name: str, raw: JsonObject, source: str) -> SettingChanged | None:
    """Return the event of a change, None when the value is the one in force; raise MissingData."""
    wrong: dict[str, str] = {}
    with faults_into(wrong):
        present = getattr(settings.effective_settings(db), name)
        value = parse_setting(name, raw, choosable_units(db, present))
        if unusable := _unusable_witnesses(raw) if name == "witnesses" else {}:
            raise MissingData(unusable)
        if value == present:
            return None
    with faults_into(wrong):
        cleaned_source = required_value("source", "Căn cứ", source, LONGEST_SOURCE)
    if wrong:
        raise MissingData(wrong)
    return SettingChanged(setting=name, value=msgspec.to_builtins(value), source=cleaned_source)


def _unusable_witnesses(raw: JsonObject) -> dict[str, str]:
    """Return a sentence for each key that is not that of a witness, and each address that is none."""
    errors: dict[str, str] = {}
    seen: dict[bytes, int] = {}
    for number, row in enumerate(raw.get("witnesses") or (), 1):
        for name in ("key", "address"):
            typed = str((row or {}).get(name) or "")
            try:
                if typed and name == "key":
                    _require_other_key(typed, number, seen)
                elif typed:
                    parse_address(typed)
            except BadInput as error:
                errors[f"witnesses-{number - 1}-{name}"] = f"Dòng {number}: {error}"
    return errors


def _require_other_key(typed: str, number: int, seen: dict[bytes, int]) -> None:
    """Raise BadInput for what is no key of a witness, and for a key that an earlier row has.

    The same key under two names is one witness, which would count twice.
    """
    first = seen.setdefault(WitnessKey.parse(typed).public, number)
    if first != number:
        raise BadInput(f"Khóa này, dưới tên khác, đã có ở dòng {first}.")
