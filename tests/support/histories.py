"""Random histories of items: people take steps that they may take, or undo their last one."""

from contextlib import suppress
from datetime import date, timedelta
from random import Random
from typing import Any

from support.story import EVERYBODY, Story

from cchc_flow.errors import Refusal
from cchc_flow.workflow.decide import can_undo, destination, open_steps, steps_for
from cchc_flow.workflow.definition import Transition, Workflow
from cchc_flow.workflow.events import ItemFollowed

SELDOM = ("comment", "cancel", "excuse", "remind", "set_due", "change_support", "weigh")
CLOCK = "system:clock"
PART = {"parent": "2026-III.2", "unit": "kinh-te", "period": "2026-03"}


def random_story(workflow: Workflow, seed: int, steps: int, *, to_its_end: bool = False) -> Story:
    """Return a random story of about so many steps; a task is a whole or a part."""
    chance = Random(seed)  # noqa: S311  # a seed, so that a failure comes again
    is_part = workflow.kind == "report" or chance.random() < 0.5
    story = Story(workflow, **(PART if is_part else {}))
    for _ in range(steps):
        _take_random_step(story, chance)
    while to_its_end and not workflow.state(story.it.state).final:
        _take_random_step(story, chance)
    return story


def _take_random_step(story: Story, chance: Random) -> None:
    """Take or undo one random step; steps that end the story are rare."""
    story.wait(chance.randint(0, 3))
    undoing = [actor for actor in EVERYBODY if can_undo(story.it, actor, story.now)]
    if undoing and chance.random() < 0.2:
        story.undo(undoing[0])
        return
    ways = [(step, actor) for actor in EVERYBODY for step in steps_for(story.workflow, story.it, actor)]
    followed = [(step, None) for step in open_steps(story.workflow, story.it) if _is_followed(story, step)]
    names = sorted({step.name for step, _ in (*ways, *followed)})
    name = chance.choices(names, [1 if name in SELDOM else 6 for name in names])[0]
    step, actor = chance.choice([(step, actor) for step, actor in (*ways, *followed) if step.name == name])
    if actor is None:
        _follow(story, step)
        return
    with suppress(Refusal):  # such as a due day that cannot be any later
        story.take(actor, step.name, **_data(story, chance) | _colleague(story, step, chance))


def _is_followed(story: Story, step: Transition) -> bool:
    return step.by == ("parts",) and story.it.distribution is not None


def _follow(story: Story, step: Transition) -> None:
    """Move a whole as its parts require; no person decides on that."""
    to = destination(story.it, step)
    assert to is not None
    story.record(ItemFollowed(from_=story.it.state, to=to), CLOCK)


def _colleague(story: Story, step: Transition, chance: Random) -> dict[str, str]:
    """Return the person of the lead unit whom a step asks for, if it asks for one."""
    if all(field.kind != "colleague" for field in step.fields):
        return {}
    return {"officer": chance.choice([actor.id for actor in EVERYBODY if actor.unit == story.it.lead])}


def _data(story: Story, chance: Random) -> dict[str, Any]:
    due = date.fromisoformat(story.it.due) if story.it.due else date(2026, 6, 30)
    return {
        "lead": chance.choice(["kinh-te", "tram-y-te"]),
        "officer": "",
        "units": ["kinh-te", "tram-y-te"],
        "due": (due + timedelta(days=chance.randint(1, 9))).isoformat(),
        "reason": "Lý do",
        "decision": "15/QĐ-UBND",
        "text": "Nội dung",
        "result": "Kết quả",
        "defects": "1",
        "quality": "good",
        "percent": "50",
        "weight": chance.choice(["0.5", "2"]),
        "support": chance.choice([[], ["van-hoa"], ["van-hoa", "truong-hoc"]]),
    }
