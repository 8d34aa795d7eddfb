"""The setting of the reporting periods: what a new workspace begins with, and the days that a plan states."""

import msgspec

from cchc_flow.commands import channels
from cchc_flow.commands.settings import change_setting, setting_change
from cchc_flow.commands.unit_of_work import Commit, Order, UnitOfWork, write
from cchc_flow.errors import NotFound
from cchc_flow.projections import plans, settings
from cchc_flow.workflow.events import SettingChanged
from cchc_flow.workflow.plan_deadlines import with_stated_days
from cchc_flow.workflow.settings.values import FIRST_SETTINGS
from cchc_flow.workspace import Workspace

SETTING = "reporting"
SOURCE = "Kỳ báo cáo cải cách hành chính của Bộ Nội vụ: quý I, 6 tháng, quý III, năm"


def choose_third_quarter(ws: Workspace) -> None:
    """Record in a new workspace that its report of September covers the third quarter.

    Without this event nine months are meant, as before there was the choice: so no older log reads otherwise.
    """
    event = SettingChanged(
        setting=SETTING, value=msgspec.to_builtins(FIRST_SETTINGS.reporting), source=SOURCE
    )

    def decide_commit(uow: UnitOfWork) -> Commit:
        return Commit([setting_change(uow, event)])

    order = Order("system:setup", "system:third-quarter", channel=channels.SETUP)
    write(ws, order, [SETTING], decide_commit)


def take_over_days(ws: Workspace, plan_id: str, order: Order, *, seen: int) -> bool:
    """Let reports be due on the days that a plan states; return False if they are already.

    Raise NotFound for a plan that does not exist, NotAllowed for an actor who may not change settings, and
    ItemMoved if the setting was changed after the version `seen`.
    """
    db = ws.read()
    plan = plans.find_plan(db, plan_id)
    if plan is None:
        raise NotFound("Không có kế hoạch này.", "Hãy chọn lại ở trang Kế hoạch.")
    value = with_stated_days(plans.deadlines(db, plan_id), settings.effective_settings(db))
    number = f" số {plan.number}" if plan.number else ""
    source = f"Hạn báo cáo ghi trong kế hoạch{number}, năm {plan.year}"
    return change_setting(ws, SETTING, msgspec.to_builtins(value), source, order, seen=seen)
