"""The formula of Nghị định 335/2025/NĐ-CP comes into force in a workspace, by an event, once."""

import msgspec

from cchc_flow.commands import channels
from cchc_flow.commands.settings import setting_change
from cchc_flow.commands.unit_of_work import Commit, Order, UnitOfWork, write
from cchc_flow.projections import settings
from cchc_flow.workflow.events import SettingChanged
from cchc_flow.workflow.settings.values import Grading
from cchc_flow.workspace import Workspace

SETTING = "grading"
SOURCE = "Nghị định 335/2025/NĐ-CP (hiệu lực từ 01/01/2026)"
FORMER = Grading()
EQUAL_SHARES = {"quantity": 1, "quality": 1, "progress": 1}


def adopt_decree_formula(ws: Workspace) -> None:
    """Record that work is graded by the decree from now on, unless the log says already by which formula.

    A period that ended before keeps the former formula. Shares that the commune had set itself stay as they
    are; else the three are equal.
    """
    if _has_chosen(ws):
        return

    def decide_commit(uow: UnitOfWork) -> Commit:
        value = by_decree(settings.effective_settings(uow.db).grading)
        event = SettingChanged(setting=SETTING, value=msgspec.to_builtins(value), source=SOURCE)
        return Commit([setting_change(uow, event)])

    order = Order("system:upgrade", "system:grading-by-decree", channel=channels.SETUP)
    write(ws, order, [SETTING], decide_commit)


def by_decree(former: Grading) -> Grading:
    """Return the rules by the decree that follow on former ones."""
    shares = (former.quantity, former.quality, former.progress)
    was_changed = shares != (FORMER.quantity, FORMER.quality, FORMER.progress)
    return msgspec.structs.replace(former, by_decree=True, **{} if was_changed else EQUAL_SHARES)


def _has_chosen(ws: Workspace) -> bool:
    """Tell whether a change of the setting already says by which formula work is graded."""
    return any("by_decree" in change.value for change in settings.setting_changes(ws.read(), SETTING))
