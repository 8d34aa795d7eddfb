"""The one way to write: commands and their handlers. The life of a command stands in `dispatch`."""

from cchc_flow.commands.bulk_entries import Row, WrongRows
from cchc_flow.commands.directory import (
    add_first_administrator,
    add_person,
    add_unit,
    change_person,
    change_unit,
    grant_role,
    revoke_role,
)
from cchc_flow.commands.dispatch import (
    do_scheduled_work,
    handle,
    handle_undo,
    open_entries,
    open_entry,
    open_task,
    retry_reactions,
    take_step,
    undo_step,
)
from cchc_flow.commands.erasure import erase_content
from cchc_flow.commands.figures import SecondValue, set_figure
from cchc_flow.commands.loading import Loaded, load_item, read_item
from cchc_flow.commands.outcome import Outcome
from cchc_flow.commands.plans import Adoption, NewTask, TaskChange, adopt_plan
from cchc_flow.commands.plugins import switch_plugin
from cchc_flow.commands.scheduled_openings import OpenedWork
from cchc_flow.commands.settings import change_setting
from cchc_flow.commands.unit_names import find_unit_by_name
from cchc_flow.commands.unit_of_work import Order, UnitOfWork
from cchc_flow.commands.workflow_migration import Migration, migrate
from cchc_flow.commands.workspace_setup import (
    create_workspace,
    faults,
    open_workspace,
    workspace_faults,
)

__all__ = [
    "Adoption",
    "Loaded",
    "Migration",
    "NewTask",
    "OpenedWork",
    "Order",
    "Outcome",
    "Row",
    "SecondValue",
    "TaskChange",
    "UnitOfWork",
    "WrongRows",
    "add_first_administrator",
    "add_person",
    "add_unit",
    "adopt_plan",
    "change_person",
    "change_setting",
    "change_unit",
    "create_workspace",
    "do_scheduled_work",
    "erase_content",
    "faults",
    "find_unit_by_name",
    "grant_role",
    "handle",
    "handle_undo",
    "load_item",
    "migrate",
    "open_entries",
    "open_entry",
    "open_task",
    "open_workspace",
    "read_item",
    "retry_reactions",
    "revoke_role",
    "set_figure",
    "switch_plugin",
    "take_step",
    "undo_step",
    "workspace_faults",
]
