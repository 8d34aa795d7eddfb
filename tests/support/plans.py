"""Plan documents read with the areas of the plugins that come with the program, loaded once."""

from functools import cache
from pathlib import Path

from cchc_flow import plan_import
from cchc_flow.hookspecs import Area
from cchc_flow.plan_import import Proposal
from cchc_flow.plugin_host import contributions, loading


@cache
def shipped_areas() -> tuple[Area, ...]:
    return tuple(contributions.areas(loading.load_plugins()))


def read_plan(path: Path) -> Proposal:
    return plan_import.read_plan(path, shipped_areas())


def read_plan_bytes(name: str, content: bytes, *, before_is_exclusive: bool = True) -> Proposal:
    return plan_import.read_plan_bytes(
        name, content, shipped_areas(), before_is_exclusive=before_is_exclusive
    )
