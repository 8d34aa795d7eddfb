"""A new workspace reports on the third quarter in September; one that is older keeps its nine months."""

import msgspec

from cchc_flow.commands import channels
from cchc_flow.commands.settings import setting_change
from cchc_flow.commands.unit_of_work import Commit, Order, UnitOfWork, write
from cchc_flow.workflow.events import SettingChanged
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
