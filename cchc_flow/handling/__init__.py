"""The one way to write: read the stream, decide, keep typed words in the vault, append at the version read.

Browser, importer, command line and, later, the clock and the plugins' reactions all come through here.
"""

from cchc_flow.handling.directory import (
    add_first_administrator,
    add_person,
    add_unit,
    change_person,
    change_unit,
    grant_role,
    revoke_role,
    unit_called,
)
from cchc_flow.handling.filling import Row, WrongRows
from cchc_flow.handling.items import Loaded, Outcome, load
from cchc_flow.handling.migration import Migration, migrate
from cchc_flow.handling.openings import Opened
from cchc_flow.handling.orders import keep_up, open_entries, open_entry, open_task, take_step, undo_step
from cchc_flow.handling.plans import Adoption, NewTask, TaskChange, adopt_plan
from cchc_flow.handling.plugins import set_figure, switch_plugin
from cchc_flow.handling.settings import change_setting
from cchc_flow.handling.setup import create_workspace, faults, open_workspace
from cchc_flow.handling.writing import Order

__all__ = [
    "Adoption",
    "Loaded",
    "Migration",
    "NewTask",
    "Opened",
    "Order",
    "Outcome",
    "Row",
    "TaskChange",
    "WrongRows",
    "add_first_administrator",
    "add_person",
    "add_unit",
    "adopt_plan",
    "change_person",
    "change_setting",
    "change_unit",
    "create_workspace",
    "faults",
    "grant_role",
    "keep_up",
    "load",
    "migrate",
    "open_entries",
    "open_entry",
    "open_task",
    "open_workspace",
    "revoke_role",
    "set_figure",
    "switch_plugin",
    "take_step",
    "undo_step",
    "unit_called",
]
