"""Work for many units and in every period as a machine, on a real log, with a clock that jumps."""

import shutil
import tempfile
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from support.judging import CLOSING, content, judge_all
from support.world import BEGIN, RESULT, TASKS, World

from cchc_flow import commands
from cchc_flow.commands import Order
from cchc_flow.errors import CchcError
from cchc_flow.eventlog.verification.verify import verify_log
from cchc_flow.projections import directory, workflows
from cchc_flow.projections.cards import items, queries
from cchc_flow.workflow import parts, periods
from cchc_flow.workflow.calendar import local_day
from cchc_flow.workflow.commands import TakeStep
from cchc_flow.workflow.decide import steps_for
from cchc_flow.workflow.item import Item, fold
from cchc_flow.workflow.policy import Actor

MORE_PEOPLE = (
    ("hai", "Hồ Hải", "phong-van-hoa-xa-hoi", ("officer", "unit_head", "coordinator", "leader")),
    ("mai", "Bùi Mai", "tram-y-te", ("officer",)),
    ("quy", "Lê Quý", "tram-y-te", ("unit_head",)),
)
UNITS = ("phong-kinh-te", "phong-van-hoa-xa-hoi", "tram-y-te")
WHOLES = tuple(f"2026-{task.ref}" for task in TASKS[:2])
ON_THE_WAY = ("start", "submit", "approve", "close", "accept", "resume")
LIKELY = (*ON_THE_WAY, "submit", "close", "return", "reopen", "excuse", "suspend", "ask_extension", "decline")
FORM: dict[str, Any] = {
    **RESULT,
    "reason": "Lý do",
    "text": "Ý kiến",
    "defects": "1",
    "quality": "met",
    "percent": "5",
    "decision": "15/QĐ-UBND",
    "lead": "tram-y-te",
}


@cache
def template() -> Path:
    """Return the data folder of a commune with a plan and people, which every run copies."""
    folder = Path(tempfile.mkdtemp(prefix="machine-"))
    world = World(folder / "data").settle()
    for login, name, unit, roles in MORE_PEOPLE:
        commands.add_person(world.ws, login, name, None, unit, world.order())
        for role in roles:
            commands.grant_role(world.ws, login, role, world.order())
    world.ws.close()
    return folder / "data"


class Commune(World):
    """A copy of the commune, on its first morning."""

    def __init__(self, folder: Path) -> None:
        self.time = BEGIN
        self.data = Path(shutil.copytree(template(), folder / "data"))
        self.ws = commands.open_workspace(self.data, "xa-mau", lambda: self.time)


class Year(RuleBasedStateMachine):
    """Two tasks of a commune, given out in any way, and all that comes of them."""

    world: Commune

    @initialize()
    def begin(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.world = Commune(Path(self.folder.name))

    @rule(
        whole=st.sampled_from(WHOLES),
        who=st.sampled_from(["hoa", "hai"]),
        units=st.lists(st.sampled_from(UNITS), min_size=1, max_size=3, unique=True),
        cadence=st.sampled_from(["", "monthly", "quarterly", "half_yearly", "yearly"]),
        ahead=st.integers(-10, 200),
    )
    def distribute(self, whole: str, who: str, units: list[str], cadence: str, ahead: int) -> None:
        """A task is given out, or given out anew."""
        self.told(who, whole, "distribute", units=units, cadence=cadence, due=self.day(ahead))

    @rule(
        names=st.lists(st.sampled_from(LIKELY), min_size=1, max_size=8),
        number=st.integers(0, 200),
        parts=st.booleans(),
        ahead=st.integers(1, 60),
    )
    def go_on(self, names: list[str], number: int, parts: bool, ahead: int) -> None:
        """One of the parts, or of the reports, goes its way."""
        leaves = [one for one in self.items() if (one.parent if parts else one.kind == "report")]
        if leaves:
            for name in names:
                self.advance(leaves[number % len(leaves)].id, name, number, ahead)

    @rule(whole=st.sampled_from(WHOLES), number=st.integers(0, 200))
    def finish(self, whole: str, number: int) -> None:
        """All units finish all that they have been asked for so far."""
        for part in items.parts_of(self.world.ws.read(), whole):
            for step in ON_THE_WAY:
                self.advance(part.id, step, number, 1)

    def advance(self, leaf: str, name: str, number: int, ahead: int) -> None:
        """Somebody who may takes a step, or else one that brings the work nearer to its end."""
        item = items.item(self.world.ws.read(), leaf)
        ways = [(who, step.name) for who, actor in self.actors() for step in self.steps(item, actor)]
        likely = [way for way in ways if way[1] == name] or [way for way in ways if way[1] in ON_THE_WAY]
        if likely:
            who, step = likely[number % len(likely)]
            assert self.told(who, leaf, step, due=self.day(ahead)) or step == "ask_extension"

    @rule(
        whole=st.sampled_from(WHOLES),
        who=st.sampled_from(["nam", "hai", "lan"]),
        step=st.sampled_from(["suspend", "suspend", "resume", "resume", "cancel", "finish_parts", "comment"]),
    )
    def decide_on_the_whole(self, whole: str, who: str, step: str) -> None:
        """A decision from above befalls the whole, and its parts with it."""
        self.told(who, whole, step)

    @rule(number=st.integers(0, 200))
    def undo(self, number: int) -> None:
        """Who moved an item last takes it back; its content is as it was, and a whole goes along."""
        leaves = [one for one in self.items() if one.distribution is None]
        leaf = leaves[number % len(leaves)]
        try:
            order = Order(leaf.last.actor, self.world.ws.new_id())
            after = commands.undo_step(self.world.ws, leaf.id, order).item
        except CchcError:
            return
        assert leaf.before
        assert content(after) == content(leaf.before)

    @rule(days=st.integers(0, 100), minutes=st.integers(1, 30))
    def wait(self, days: int, minutes: int) -> None:
        """Time passes, over the ends of periods and of the year."""
        self.world.wait(days=days, minutes=minutes)

    @rule()
    def keep_up(self) -> None:
        """The calendar opens what has begun, once; then what is finished is finished."""
        commands.do_scheduled_work(self.world.ws)
        size = self.world.ws.log.size()
        assert commands.do_scheduled_work(self.world.ws) == commands.OpenedWork(0, 0, 0)
        assert self.world.ws.log.size() == size
        for whole in self.wholes():
            if whole.state == "distributed":
                assert not self.is_over(whole)

    @invariant()
    def a_whole_is_closed_only_when_its_parts_are_and_no_period_is_to_come(self) -> None:
        for whole in self.wholes():
            if whole.state == "closed":
                assert self.is_over(whole)

    @invariant()
    def a_part_is_there_once_and_only_when_its_period_has_begun(self) -> None:
        for whole in self.wholes():
            keys = [(part.unit, part.period) for part in self.parts(whole)]
            assert len(keys) == len(set(keys))
            begins = [periods.parse(period).begin for _, period in keys if period]
            assert all(day <= local_day(self.world.time) for day in begins)

    @invariant()
    def no_item_is_where_its_definition_has_no_state_or_late_while_it_rests(self) -> None:
        for item in self.items():
            assert self.workflow(item).state(item.state)
            assert (item.rests_since is not None) == (item.state == "suspended")
            assert queries.card(self.world.ws.read(), item.id).rests_since in self.rests(item)

    def rests(self, item: Item) -> set[str | None]:
        """Return since when the card of an item may rest: of a whole that goes on, with one of its parts."""
        if item.rests_since or item.distribution is None:
            return {item.rests_since}
        return {None} | {part.rests_since for part in self.parts(item)}

    def teardown(self) -> None:
        """At the end the log is whole, tells the same when it is read again, and holds nothing forbidden."""
        if hasattr(self, "world"):
            assert self.world.ws.differences() == []
            assert verify_log(self.world.ws.folder).ok
            for item in self.items():
                events: list[Any] = self.world.ws.log.stream(f"item-{item.id}")
                assert fold(item.id, events) == item
                judge_all(item.id, events)
            self.world.ws.close()
            self.folder.cleanup()

    def told(self, who: str, item: str, step: str, **data: Any) -> bool:
        """Tell whether an order was carried out; refused, it leaves the log as it was; repeated, as well."""
        ws = self.world.ws
        order, size = Order(who, ws.new_id()), ws.log.size()
        asked = TakeStep(step, FORM | data)
        try:
            commands.take_step(ws, item, asked, order)
        except CchcError as refusal:
            assert str(refusal)
            assert ws.log.size() == size
            return False
        after = ws.log.size()
        if after > size:  # an order that changed nothing left no trace, and is decided on anew
            commands.take_step(ws, item, asked, order)
        assert ws.log.size() == after
        return True

    def items(self) -> list[Item]:
        db = self.world.ws.read()
        return [items.item(db, row[0]) for row in db.execute("SELECT id FROM items ORDER BY id").fetchall()]

    def wholes(self) -> list[Item]:
        return [one for one in self.items() if one.distribution] if hasattr(self, "world") else []

    def parts(self, whole: Item) -> list[Item]:
        return items.parts_of(self.world.ws.read(), whole.id)

    def is_over(self, whole: Item) -> bool:
        """Tell whether all parts are final, and no more will come."""
        assert whole.distribution
        states = [self.workflow(part).state(part.state) for part in self.parts(whole)]
        last = parts.is_last(whole.distribution, local_day(self.world.time), CLOSING)
        return bool(states) and all(state.final for state in states) and last

    def workflow(self, item: Item) -> Any:
        return workflows.workflow(self.world.ws.read(), item.kind, item.workflow)

    def steps(self, item: Item, actor: Actor) -> list[Any]:
        return steps_for(self.workflow(item), item, actor)

    def actors(self) -> list[tuple[str, Actor]]:
        db = self.world.ws.read()
        return [(who, directory.actor(db, who)) for who in ("lan", "binh", "hoa", "nam", "mai", "quy", "hai")]

    def day(self, ahead: int) -> str:
        return (local_day(self.world.time) + timedelta(days=ahead)).isoformat()


# A run is a whole commune on a disk: a twelfth as many as of a property of the core.
Year.TestCase.settings = settings(max_examples=settings().max_examples // 12, stateful_step_count=25)
TestYear = Year.TestCase
