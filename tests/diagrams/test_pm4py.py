"""An independent tool reads what we export, finds it sound, and replays on it what our engine did.

pm4py is AGPL: it lives in an environment of its own, made by `.ci/setup test`, and runs as a process.
"""

import json
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from support.histories import random_story
from support.year import Year

from cchc_flow.diagrams.bpmn import export_bpmn
from cchc_flow.diagrams.path import path_of
from cchc_flow.projections.cards import items
from cchc_flow.workflow.definition import Workflow
from cchc_flow.workflow.report import REPORT
from cchc_flow.workflow.task import TASK

PYTHON = Path(__file__).parents[2] / ".setup" / "pm4py" / "bin" / "python"
STORIES = 150
FLOWS = {flow.kind: flow for flow in (TASK, REPORT)}
# What no item can do: submit work that nobody took up, accept a report that was not submitted.
IMPOSSIBLE = {"task": ["assign", "submit", "approve", "close"], "report": ["accept"]}
Histories = dict[str, list[list[str]]]
KINDS = pytest.mark.parametrize("kind", FLOWS)


@pytest.fixture(scope="module")
def histories() -> Histories:
    """The steps of random lives of each kind, from their opening to an end, undone ones left out."""
    return {kind: [_history(flow, seed) for seed in range(STORIES)] for kind, flow in FLOWS.items()}


@pytest.fixture(scope="module")
def measurements(histories: Histories, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What pm4py says of both files and all histories; the last history of each kind is an impossible one."""
    requests = {kind: [*lived, IMPOSSIBLE[kind]] for kind, lived in histories.items()}
    return replay(requests, tmp_path_factory.mktemp("bpmn"))


def replay(histories: Histories, folder: Path) -> Any:
    """Return what pm4py says of the exported workflows and of histories of each kind."""
    if not PYTHON.exists():
        pytest.skip("no .setup/pm4py: «.ci/setup test» makes it")
    requests = {}
    for kind, flow in FLOWS.items():
        path = folder / f"{kind}.bpmn"
        path.write_text(export_bpmn(flow), encoding="utf-8")
        requests[kind] = {"bpmn": str(path), "histories": histories[kind]}
    process = subprocess.run(
        [str(PYTHON), "-W", "ignore", str(Path(__file__).with_name("replay.py"))],
        input=json.dumps(requests), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout[process.stdout.rindex('{"task"') :])


def _history(flow: Workflow, seed: int) -> list[str]:
    return [step.transition for step in path_of(flow, random_story(flow, seed, 16, to_its_end=True).events)]


def test_the_histories_take_every_step_that_there_is(histories: Histories) -> None:
    for kind, flow in FLOWS.items():
        assert {step for one in histories[kind] for step in one} == {step.name for step in flow.transitions}


@KINDS
def test_another_tool_finds_every_node_and_flow_and_label(measurements: Any, kind: str) -> None:
    flow = FLOWS[kind]
    ways = [
        step.name
        for step in flow.transitions
        for _ in step.from_
        for _ in flow.ends(step) or (None,)
    ]  # fmt: skip
    finals = sum(state.final for state in flow.states)
    assert measurements[kind]["labels"] == sorted(ways)
    assert measurements[kind]["nodes"] == len(flow.states) + len(ways) + 1 + finals
    assert measurements[kind]["flows"] == 2 * len(ways) + 1 + finals


@KINDS
def test_the_petri_net_of_the_exported_workflow_is_sound(measurements: Any, kind: str) -> None:
    assert measurements[kind]["sound"] is True


@KINDS
def test_no_event_was_lost_on_the_way_into_the_other_tool(
    measurements: Any, histories: Histories, kind: str
) -> None:
    sent = [*histories[kind], IMPOSSIBLE[kind]]
    got = measurements[kind]
    assert (got["rows"], got["nulls"], got["cases"]) == (sum(map(len, sent)), 0, STORIES + 1)
    assert len(got["fitness"]) == STORIES + 1


@KINDS
def test_every_history_of_the_engine_replays_with_fitness_one_and_an_impossible_one_does_not(
    measurements: Any, kind: str
) -> None:
    *lived, impossible = measurements[kind]["fitness"]
    assert set(lived) == {1.0}
    assert impossible < 1.0


def test_every_finished_item_of_the_simulated_year_replays_with_fitness_one(
    year: Year, tmp_path: Path
) -> None:
    histories = {kind: list(_finished(year, flow)) for kind, flow in FLOWS.items()}
    assert min(map(len, histories.values())) > 100
    results = replay(histories, tmp_path)
    assert [result["cases"] for result in results.values()] == [len(lived) for lived in histories.values()]
    assert {fitness for result in results.values() for fitness in result["fitness"]} == {1.0}


def _finished(year: Year, flow: Workflow) -> Iterator[list[str]]:
    for item in items.items_of_kind(year.ws.read(), flow.kind):
        if flow.state(item.state).final:
            yield [step.transition for step in path_of(flow, year.ws.log.stream(f"item-{item.id}"))]
