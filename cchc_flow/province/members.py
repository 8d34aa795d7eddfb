"""How it stands with the communes that a province lists, told by their logs alone: no commune is opened."""

from pathlib import Path

import msgspec

from cchc_flow.clock import Clock
from cchc_flow.commands import provinces
from cchc_flow.conversion import convert
from cchc_flow.errors import CchcError, NotFound
from cchc_flow.homes import find_home
from cchc_flow.projections import province
from cchc_flow.projections.province import ListedCommune
from cchc_flow.workflow.events import NAMES, ProvinceJoined
from cchc_flow.workspace import Workspace

JOINED, OUTSIDE, MISSING, TROUBLE = "joined", "outside", "missing", "trouble"
STATES = {
    JOINED: "Đã tham gia",
    OUTSIDE: "Chưa tham gia hoặc đã rời",
    MISSING: "Chưa có không gian",
    TROUBLE: "Không đọc được nhật ký",
}


class Member(msgspec.Struct, frozen=True):
    """A listed commune, one of STATES, and why its log cannot be read, or ""."""

    commune: ListedCommune
    state: str
    trouble: str = ""

    @property
    def state_words(self) -> str:
        """The state in words."""
        return STATES[self.state]


def load_members(data: Path, its_province: Workspace, now: Clock) -> list[Member]:
    """Return the communes that a province lists, in the order of their names."""
    key = provinces.opening_key(its_province)
    listed = sorted(province.communes(its_province.read()), key=lambda one: (one.name, one.code))
    return [_member(data, one, its_province.name, key, now) for one in listed]


def _member(data: Path, commune: ListedCommune, name: str, key: str, now: Clock) -> Member:
    try:
        log = find_home(data).open_log(commune.workspace, now)
    except NotFound:
        return Member(commune, MISSING)
    except CchcError as error:
        return Member(commune, TROUBLE, error.why)
    try:
        events = log.stream(provinces.MEMBERSHIP)
    finally:
        log.close()
    if not events or events[-1].type != NAMES[ProvinceJoined]:
        return Member(commune, OUTSIDE)
    joined = convert(events[-1].data, ProvinceJoined)
    return Member(commune, JOINED if (joined.province, joined.key) == (name, key) else OUTSIDE)
