"""Founds a province and the workspaces of its communes from a list; what was cut short goes on next time."""

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from cchc_flow import workspace
from cchc_flow.clock import Clock
from cchc_flow.commands import Order, channels, provinces
from cchc_flow.commands.workspace_setup import create_workspace, open_workspace
from cchc_flow.errors import BadInput
from cchc_flow.homes import find_home
from cchc_flow.plugin_host.loading import NONE as NO_PLUGINS
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import directory, province
from cchc_flow.projections.province import ListedCommune
from cchc_flow.province.commune_list import Entry, place_communes
from cchc_flow.workspace import Workspace

Progress = Callable[[int, int], None]


class Founding(msgspec.Struct, frozen=True):
    """What a founding did: the communes that it founded, and how many the province lists by now.

    `skipped` have a workspace that somebody uses although it never joined: its own administrator decides.
    """

    communes: tuple[ListedCommune, ...]
    skipped: tuple[ListedCommune, ...]
    listed: int


def found_province(
    data: Path,
    name: str,
    *,
    title: str,
    entries: Sequence[Entry],
    clock: Clock,
    plugins: Plugins = NO_PLUGINS,
    progress: Progress = lambda done, total: None,
) -> Founding:
    """Found a province and the communes of a list that it does not have yet; a second time nothing happens.

    First all names are settled and recorded in one commit of the province's log, then each commune is founded
    and joins: whatever cuts this short, the next time goes on where it was. Raise WrongList for a list that
    does not fit what is there, BadInput for the name of a commune in use; then nothing is founded.
    """
    ws = _open_province(data, name, title, entries, clock, plugins)
    try:
        listed = province.communes(ws.read())
        new = place_communes(entries, listed, workspace.names(data))
        provinces.found(ws, title, new)
        founded, skipped = _found_communes(data, ws, clock, plugins, progress)
        return Founding(tuple(founded), tuple(skipped), len(listed) + len(new))
    finally:
        ws.close()


def _open_province(
    data: Path, name: str, title: str, entries: Sequence[Entry], clock: Clock, plugins: Plugins
) -> Workspace:
    """Return the workspace of the province, created if need be, but not for a list that cannot be founded."""
    if not workspace.is_begun(data, name, clock):
        place_communes(entries, (), [*workspace.names(data), name])
        return create_workspace(data, name, title=title, clock=clock, plugins=plugins)
    ws = open_workspace(data, name, clock, plugins)
    try:
        if province.own_name(ws.read()) is None:
            provinces.refuse_commune_in_use(ws)
        if ws.title != title:
            raise BadInput(f"Không gian «{name}» đã có với tên «{ws.title}».", "Hãy dùng đúng tên của tỉnh.")
    except BaseException:
        ws.close()
        raise
    return ws


def _found_communes(
    data: Path, ws: Workspace, clock: Clock, plugins: Plugins, progress: Progress
) -> tuple[list[ListedCommune], list[ListedCommune]]:
    """Found the listed communes that are not there yet; return those, and those that were left alone."""
    planned = [one for one in province.communes(ws.read()) if one.founding]
    founded, skipped = list[ListedCommune](), list[ListedCommune]()
    for number, one in enumerate(planned, 1):
        if not _has_belonged(data, one.workspace, clock):
            is_done = _found_commune(data, ws, one, clock, plugins)
            (founded if is_done else skipped).append(one)
        progress(number, len(planned))
    return founded, skipped


def _has_belonged(data: Path, name: str, clock: Clock) -> bool:
    """Tell whether a workspace is there and joined a province once; one that left it stays outside."""
    if not workspace.is_begun(data, name, clock):
        return False
    log = find_home(data).open_log(name, clock)
    try:
        return log.version(provinces.MEMBERSHIP, log.size()) > 0
    finally:
        log.close()


def _found_commune(data: Path, ws: Workspace, one: ListedCommune, clock: Clock, plugins: Plugins) -> bool:
    """Found a commune and let it join; return False for a workspace that people use already."""
    if workspace.is_begun(data, one.workspace, clock):
        commune = open_workspace(data, one.workspace, clock, plugins)
    else:
        commune = create_workspace(data, one.workspace, title=one.name, clock=clock, plugins=plugins)
    try:
        if directory.people(commune.read()) or commune.title != one.name:
            return False
        order = Order("system:setup", f"system:join-{ws.name}", channel=channels.SETUP)
        provinces.join_province(commune, ws, order)
        return True
    finally:
        commune.close()
