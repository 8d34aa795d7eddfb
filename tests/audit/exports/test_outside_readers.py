"""Programs that nobody here wrote read what we export: nothing is lost, and they find what is there.

They live in environments of their own, made by `.ci/setup test`, and run as processes.
"""

import json
import shutil
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from audit.exports.conftest import Planted
from lxml import etree
from support.exports import IMPOSSIBLE, LAWFUL, NEAR_MISS, PLANTED, query_view
from support.year import Year

from cchc_flow.audit.exports.table import COLUMNS
from cchc_flow.audit.exports.xes import write_xes
from cchc_flow.diagrams.bpmn import export_bpmn
from cchc_flow.workflow.calendar import ZONE
from cchc_flow.workflow.task import TASK

SETUP = Path(__file__).parents[3] / ".setup"
CLIENTS = Path(__file__).with_name("clients")
OCEL = ("ocel-json", "ocel-sqlite")
FODS = {
    "table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0",
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
}


def ask(environment: str, client: str, request: dict[str, Any]) -> Any:
    """Return what a client says of the files that are named."""
    python = SETUP / environment / "bin" / "python"
    if not python.exists():
        pytest.skip(f"no .setup/{environment}: «.ci/setup test» makes it")
    process = subprocess.run(
        [str(python), "-W", "ignore", str(CLIENTS / client)],
        input=json.dumps(request, default=str), capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert process.returncode == 0, process.stderr
    return json.loads(process.stdout.rpartition("\n")[2])


@pytest.fixture(scope="module")
def by_pm4py(planted: Planted, year: Year, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """What pm4py says: of the planted commune, and of one area's tasks in the simulated year."""
    folder = tmp_path_factory.mktemp("pm4py")
    (folder / "task.bpmn").write_text(export_bpmn(TASK), encoding="utf-8")
    view = query_view(year.ws, kind="task", area="2")
    write_xes(view, view.records_by_stream(), folder / "year.xes")
    return ask("pm4py", "pm4py_client.py", {
        "xes": {"planted": planted.paths["xes"], "year": folder / "year.xes"},
        "ocel": {name: planted.paths[name] for name in OCEL},
        "bpmn": folder / "task.bpmn",
    })  # fmt: skip


@pytest.fixture(scope="module")
def by_others(planted: Planted) -> Any:
    """What the CloudEvents SDK, r4pm and oceldb say of the planted commune."""
    return ask("readers", "other_clients.py", {
        "cloudevents": planted.paths["cloudevents"],
        "xes": planted.paths["xes"],
        "ocel": {name: planted.paths[name] for name in OCEL},
    })  # fmt: skip


def recorded_times(planted: Planted) -> dict[str, datetime]:
    """Return when each event was recorded, by its position as JSON has it; without a zone, in UTC."""
    return {str(event.position): naive(event.recordedtime) for event in planted.events}


def naive(instant: str) -> datetime:
    """Return a moment in UTC without its zone: some readers drop it."""
    return datetime.fromisoformat(instant).replace(tzinfo=None)


def test_the_cloudevents_sdk_reads_every_event_with_its_moment_its_place_and_its_data(
    planted: Planted, by_others: Any
) -> None:
    read = by_others["cloudevents"]
    assert [int(event["sequence"]) for event in read] == list(range(1, planted.size + 1))
    for event, own in zip(read, planted.events, strict=True):
        assert (event["id"], event["type"], event["subject"]) == (own.id, own.type, own.stream)
        assert (naive(event["time"]), event["data"]) == (naive(own.time), own.data)
        assert None not in event.values()


def test_pm4py_and_r4pm_read_every_event_of_the_xes_log_with_its_moment_and_its_data(
    planted: Planted, by_pm4py: Any, by_others: Any
) -> None:
    for read in (by_pm4py["xes"]["planted"], by_others["xes"]):
        assert (read["events"], read["nulls"]) == (planted.size, 0)
        assert {place: naive(time) for place, time in read["times"].items()} == recorded_times(planted)
        assert {int(place): json.loads(data) for place, data in read["data"].items()} == {
            event.position: event.data for event in planted.events
        }
    assert by_pm4py["xes"]["planted"]["cases"] == len({event.stream for event in planted.events})


@pytest.mark.parametrize("name", OCEL)
def test_three_readers_of_ocel_find_the_same_events_objects_and_links_and_nothing_dangles(
    planted: Planted, by_pm4py: Any, by_others: Any, name: str
) -> None:
    answers = [by_pm4py["ocel"][name], by_others["r4pm"][name], by_others["oceldb"][name]]
    log = json.loads(planted.paths["ocel-json"].read_text(encoding="utf-8"))
    size = planted.exports[name].count
    assert size == planted.size
    for read in answers:
        assert (read["events"], read["nulls"]) == (size, 0)
        assert read["objects"] == len(log["objects"])
        assert read["relations"] == sum(len(event["relationships"]) for event in log["events"])
        assert read["belongings"] == sum(len(thing["relationships"]) for thing in log["objects"])
        assert {place: naive(time) for place, time in read["times"].items()} == recorded_times(planted)
    assert answers[0]["dangling"] == []
    assert answers[0]["recorded"] == {str(event.position): event.recordedtime for event in planted.events}


def test_lawful_histories_replay_on_our_bpmn_with_fitness_one_and_one_without_review_does_not(
    by_pm4py: Any,
) -> None:
    for way in ("fitness", "aligned"):
        fitness = dict(by_pm4py["xes"]["planted"][way])
        impossible = fitness.pop(f"item-{IMPOSSIBLE}")
        assert fitness == {f"item-{item}": 1.0 for item in (*LAWFUL, *PLANTED, NEAR_MISS)}
        assert impossible < 1.0


def test_every_finished_task_of_an_area_of_the_year_replays_with_fitness_one(by_pm4py: Any) -> None:
    read = by_pm4py["xes"]["year"]
    assert len(read["fitness"]) > 50
    assert {*read["fitness"].values(), *read["aligned"].values()} == {1.0}


def test_self_approvals_are_found_where_they_were_planted_and_nowhere_else(
    by_pm4py: Any, by_others: Any
) -> None:
    planted = [f"item-{item}" for item in PLANTED]
    assert by_pm4py["xes"]["planted"]["alone"] == planted
    assert by_pm4py["xes"]["year"]["alone"] == []
    assert [by_others["r4pm"][name]["alone"] for name in OCEL] == [planted, planted]


def test_libreoffice_reads_both_tables_with_moments_as_moments_and_no_formula(
    planted: Planted, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice (soffice) is not on this machine")
    runs = [convert_to_fods(office, planted.paths[name], name, tmp_path) for name in ("csv", "xlsx")]
    assert [run.wait(timeout=120) for run in runs] == [0, 0]
    local = [
        datetime.fromisoformat(event.recordedtime).astimezone(ZONE).replace(tzinfo=None, microsecond=0)
        for event in planted.events
    ]
    for name in ("csv", "xlsx"):
        head, *lines = read_table(tmp_path / f"{name}.fods")
        assert head == [column.title for column in COLUMNS]
        assert [line[0] for line in lines] == [str(event.position) for event in planted.events]
        assert [datetime.fromisoformat(line[1]).replace(microsecond=0) for line in lines] == local
        assert [line[17:19] for line in lines] == [[one.id, one.recordedtime] for one in planted.events]
        titles = {line[6].removeprefix("'") for line in lines}
        assert {'=HYPERLINK("http://x";"+1")', "Rà soát <thủ tục> & «mẫu»"} < titles


def convert_to_fods(office: str, path: Path, name: str, folder: Path) -> subprocess.Popen[bytes]:
    """Have LibreOffice begin to read a file; of a .csv it is told what it asks people: UTF-8, commas."""
    copied = shutil.copy(path, folder / f"{name}.{name}")
    command = [office, "--headless", f"-env:UserInstallation=file://{folder}/profile-{name}"]
    command += ["--infilter=CSV:44,34,76,1"] if name == "csv" else []
    command += ["--convert-to", "fods", "--outdir", str(folder), copied]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def read_table(path: Path) -> list[list[str]]:
    """Return the cells of the first sheet of a flat OpenDocument file; of a moment its ISO form."""
    tree = etree.parse(path)
    assert not tree.xpath("//*[@table:formula]", namespaces=FODS)
    (sheet, *_) = tree.iterfind(".//table:table", FODS)
    rows = (cells_of(row) for row in sheet.iterfind(".//table:table-row", FODS))
    return [row for row in rows if any(row)]


def cells_of(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row.iterfind("table:table-cell", FODS):
        count = int(cell.get(f"{{{FODS['table']}}}number-columns-repeated", "1"))
        moment = cell.get(f"{{{FODS['office']}}}date-value")
        words = moment or "".join(cell.xpath(".//text:p//text()", namespaces=FODS))
        cells += [words] * min(count, len(COLUMNS) - len(cells))
    return cells
