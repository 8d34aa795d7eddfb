"""The whole table of a task as a machine: everybody tries everything, clocks jump, definitions change."""

from datetime import date, timedelta
from typing import Any

import msgspec
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from support.judging import content, judge
from support.story import COORDINATOR, EVERYBODY, Story

from cchc_flow.errors import CchcError, Refusal
from cchc_flow.workflow.calendar import local_day, standing
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.decide import can_undo, open_steps, steps_for
from cchc_flow.workflow.definition import problems
from cchc_flow.workflow.item import done_on, fold
from cchc_flow.workflow.policy import Actor
from cchc_flow.workflow.task import TASK

ITEM = "2026-III.2.3.1"
TWO_HATS = Actor("hai", frozenset({"officer", "unit_head", "coordinator", "leader"}), "kinh-te")
CLOSER = Actor("ba", frozenset({"coordinator"}), coordinator_closes=True)
ACTORS = (*EVERYBODY, TWO_HATS, TWO_HATS, CLOSER)
STEPS = tuple(step.name for step in TASK.transitions if step.name not in ("comment", "cancel"))
ENDS = ("comment", "cancel", *STEPS)
"""What is tried blindly: seldom what is always allowed, or after which nothing goes on."""
ON_THE_WAY = ("assign", "start", "submit", "approve", "close", "resume", "reopen")
LIKELY = (
    *ON_THE_WAY,
    *("submit", "return", "withdraw", "report_progress", "hand_over", "decline", "suspend"),
    *("ask_extension", "ask_extension", "grant_extension", "refuse_extension", "remind"),
)
NEXT = msgspec.structs.replace(
    TASK,
    version=TASK.version + 1,
    transitions=tuple(step for step in TASK.transitions if step.name not in ("decline", "withdraw")),
)
"""A version that came later, in which two steps are no more."""

too_long = st.integers(20_001, 20_002).map("a".__mul__)
words = st.sampled_from(["Đã làm xong việc.", "Lý do", "", "\x00"]) | too_long
days = st.one_of(st.integers(-40, 400), st.integers(1, 30))
FORM: dict[str, Any] = {
    "lead": "kinh-te",
    "units": ["kinh-te", "tram-y-te"],
    "reason": "Lý do",
    "text": "Trao đổi",
    "result": "Kết quả",
    "defects": "1",
    "quality": "met",
    "percent": "50",
    "decision": "15/QĐ-UBND",
}
odd = st.fixed_dictionaries(
    {},
    optional={
        "lead": st.sampled_from(["kinh-te", "truong-hoc", "phong-ma", ""]),
        "support": st.lists(st.sampled_from(["tram-y-te", "van-hoa", "kinh-te"]), max_size=3),
        "officer": st.sampled_from(["", "lan", "tam", "ai-do"]),
        "units": st.lists(st.sampled_from(["tram-y-te", "van-hoa", "phong-ma"]), max_size=3),
        "cadence": st.sampled_from(["", "once", "monthly", "quarterly", "daily"]),
        "due_day": st.sampled_from(["", "0", "15", "31", "32"]),
        "since": st.sampled_from(["", "2026-01-01", "2027-01-01", "hôm nay"]),
        "reason": words,
        "text": words,
        "result": words,
        "comment": words,
        "decision": st.sampled_from(["", "15/QĐ-UBND"]) | too_long,
        "defects": st.sampled_from(["0", "2", "-1", ""]),
        "quality": st.sampled_from(["met", "good", "bad", ""]),
        "percent": st.sampled_from(["0", "55", "101"]),
        "evidence": st.lists(st.just(Upload("a.pdf", b"x", "application/pdf")), max_size=2),
    },
)


class Life(RuleBasedStateMachine):
    """One task, or one part of a whole, through everything that its people try."""

    story: Story

    @initialize(part=st.booleans(), due=st.sampled_from([None, "2026-03-04", "2026-06-30", "2026-12-31"]))
    def open(self, part: bool, due: str | None) -> None:
        key = {"parent": "2026-III.2", "unit": "kinh-te", "period": "2026-Q1"} if part else {}
        self.story = Story(due=due, **key)

    @rule(
        actor=st.sampled_from(ACTORS),
        name=st.sampled_from(STEPS) | st.sampled_from(ENDS),
        ahead=st.none() | days,
        form=st.just({}) | odd,
    )
    def take(self, actor: Actor, name: str, ahead: int | None, form: dict[str, Any]) -> None:
        """Anybody tries any step, with a day that may be anywhere."""
        self.try_step(actor, name, FORM | {"due": self.day(ahead)} | form)

    @rule(
        names=st.lists(st.sampled_from(LIKELY), min_size=1, max_size=5), first=st.integers(0, 10), ahead=days
    )
    def go_on(self, names: list[str], first: int, ahead: int) -> None:
        """Work goes its way: each time one of those who may takes the step, or else the next on the way."""
        for name in names:
            ways = [
                (actor, step.name)
                for actor in ACTORS
                for step in steps_for(self.story.workflow, self.story.it, actor)
            ]
            likely = [way for way in ways if way[1] == name] or [way for way in ways if way[1] in ON_THE_WAY]
            if likely:
                actor, step = likely[first % len(likely)]
                self.try_step(actor, step, FORM | {"due": self.day(ahead)})

    @rule(
        jump=st.one_of(
            st.timedeltas(timedelta(), timedelta(minutes=15)),
            st.timedeltas(timedelta(days=1), timedelta(days=70)),
        )
    )
    def wait(self, jump: timedelta) -> None:
        """Time passes: minutes, weeks, over the ends of periods and of the plan."""
        self.story.now += jump

    @precondition(lambda self: self.story.workflow is TASK)
    @rule()
    def migrate(self) -> None:
        """The item goes over to the next version of its definition."""
        before = self.story.it
        after = self.story.migrate(NEXT, COORDINATOR).it
        assert (after.workflow, after.state, after.due, after.lead) == (
            NEXT.version,
            before.state,
            before.due,
            before.lead,
        )

    @rule(actor=st.sampled_from(ACTORS))
    def undo(self, actor: Actor) -> None:
        """Who moved the item last takes it back; it is as it was but for its counters."""
        before, wanted = len(self.story.events), self.story.it.before
        try:
            self.story.undo(actor)
        except Refusal as refusal:
            assert str(refusal)
            assert len(self.story.events) == before
            return
        assert wanted is not None
        self.story.workflow = TASK if self.story.it.workflow == TASK.version else NEXT
        assert content(self.story.it) == content(wanted)
        assert not any(can_undo(self.story.it, someone, self.story.now) for someone in ACTORS)

    @rule(actor=st.sampled_from(ACTORS), name=st.sampled_from(["assign", "distribute"]))
    def say_the_same_again(self, actor: Actor, name: str) -> None:
        """What is so already makes no second event."""
        form = FORM | {"due": self.story.it.due or "", "cadence": "monthly", "since": "2026-03-01"}
        if self.try_step(actor, name, form):
            size = len(self.story.events)
            assert self.try_step(actor, name, form)
            assert len(self.story.events) == size

    @invariant()
    def is_where_its_definition_says(self) -> None:
        if hasattr(self, "story"):
            item = self.story.it
            assert item.state in {state.name for state in self.story.workflow.states}
            assert item.workflow == self.story.workflow.version

    @invariant()
    def is_what_its_events_make_of_it(self) -> None:
        if hasattr(self, "story"):
            assert fold(ITEM, self.story.events) == self.story.it

    @invariant()
    def is_never_late_by_days_of_rest(self) -> None:
        """While it rests it stands where it stood on the day from which it does."""
        if hasattr(self, "story") and (item := self.story.it).rests_since:
            assert item.state == "suspended"
            due, since = item.due and date.fromisoformat(item.due), date.fromisoformat(item.rests_since)
            assert standing(due or None, done_on(item), since) == (
                "open_late" if due and due < since else "open_in_time"
            )

    def day(self, ahead: int | None) -> str:
        """Return a day so far from today, and no day for None."""
        return "" if ahead is None else (local_day(self.story.now) + timedelta(days=ahead)).isoformat()

    def try_step(self, actor: Actor, name: str, form: dict[str, Any]) -> bool:
        """Tell whether a step was taken; refused, it leaves everything as it was, and says so in words."""
        before, size = self.story.it, len(self.story.events)
        try:
            self.story.take(actor, name, **form)
        except CchcError as refusal:
            assert str(refusal).endswith(".")
            assert (self.story.it, len(self.story.events)) == (before, size)
            return False
        for event in self.story.events[size:]:
            judge(before, event)
        return True


Life.TestCase.settings = settings(stateful_step_count=40)
TestLife = Life.TestCase


def test_the_next_version_of_the_machine_is_a_sound_definition() -> None:
    assert [line for line in problems(NEXT) if "nothing leads" not in line] == []


def test_steps_that_the_next_version_lacks_are_no_longer_offered() -> None:
    story = Story().take(COORDINATOR, "assign", lead="kinh-te").migrate(NEXT, COORDINATOR)
    assert "decline" not in {step.name for step in open_steps(story.workflow, story.it)}
