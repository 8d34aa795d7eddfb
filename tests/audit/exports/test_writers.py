"""What the files say: every event, its exact bytes, and nothing that was not asked for or may not be read."""

import csv
import io
import json
import sqlite3
from collections import Counter
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from audit.exports.conftest import Planted
from lxml import etree
from support.civil_service import AREA
from support.exports import LAWFUL, PLANTED, query_view, take_out
from support.registers import AreaCommune

from cchc_flow.audit.exports.attributes import json_line
from cchc_flow.audit.exports.csv_file import csv_cell
from cchc_flow.audit.exports.export import write_export
from cchc_flow.audit.exports.formats import FORMATS, find_format
from cchc_flow.audit.exports.table import COLUMNS
from cchc_flow.audit.trail import HIDDEN
from cchc_flow.commands import Order
from cchc_flow.errors import BadInput
from cchc_flow.eventlog.merkle import CompactRange, leaf_hash
from cchc_flow.projections.reading import reader_of
from cchc_flow.testing import login

XES = "{http://www.xes-standard.org/}"


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def open_workbook(path: Path) -> openpyxl.Workbook:
    """Return a workbook whatever the name of its file."""
    return openpyxl.load_workbook(io.BytesIO(path.read_bytes()))


def test_each_export_is_recorded_with_the_digest_and_the_span_of_its_file(planted: Planted) -> None:
    recorded = [event for event in planted.world.ws.log.read_events() if event.type == "log.exported/1"]
    assert [event.data["format"] for event in recorded] == list(FORMATS)
    for event in recorded:
        path = planted.paths[event.data["format"]]
        assert event.data["digest"] == sha256(path.read_bytes()).hexdigest()
        assert [event.data[name] for name in ("first", "last", "count", "withheld")] == [
            1, planted.size, planted.size, 0,
        ]  # fmt: skip


def test_without_its_event_in_the_log_there_is_no_file(planted: Planted, tmp_path: Path) -> None:
    ws = planted.world.ws
    size, refused = ws.log.size(), Order("thu", "system:not-hers")
    with pytest.raises(BadInput, match="Mã của thao tác không dùng được"):
        write_export(query_view(ws), FORMATS["csv"], tmp_path / "out.csv", refused)
    assert list(tmp_path.iterdir()) == []
    assert ws.log.size() == size


def test_the_lines_of_json_are_the_stored_bytes_and_give_the_root_of_the_log(planted: Planted) -> None:
    lines = planted.paths["jsonl"].read_bytes().split(b"\n")[:-1]
    log = planted.world.ws.log
    assert lines == [body for _, body in log.read_bodies(0, planted.size)]
    tree = CompactRange()
    for line in lines:
        tree.append(sha256(b"\0" + line).digest())
    assert tree.root() == log.root(planted.size)


def test_a_view_takes_out_what_the_history_shows_for_the_same_filters(
    planted: Planted, tmp_path: Path
) -> None:
    view = query_view(planted.world.ws, item=PLANTED[0], since="02/03/2026")
    stream = f"item-{PLANTED[0]}"
    own = [event.position for event in planted.events if event.stream == stream]
    for name in FORMATS:
        FORMATS[name].write(view, view.records(), tmp_path / name)
    assert [int(line["Số"]) for line in read_csv(tmp_path / "csv")] == own
    assert len((tmp_path / "jsonl").read_bytes().splitlines()) == len(own)
    assert len(json.loads((tmp_path / "ocel-json").read_bytes())["events"]) == len(own)
    assert view.filters == {"item": PLANTED[0], "from": "2026-03-02"}


def test_an_empty_view_is_a_sound_file_in_each_format(planted: Planted, tmp_path: Path) -> None:
    view = query_view(planted.world.ws, person="nam", type="item.submitted")
    for name in FORMATS:
        FORMATS[name].write(view, view.records(), tmp_path / name)
    assert json.loads((tmp_path / "cloudevents").read_bytes()) == []
    assert json.loads((tmp_path / "ocel-json").read_bytes())["events"] == []
    assert etree.parse(tmp_path / "xes").findall(f"{XES}trace") == []
    assert open_workbook(tmp_path / "xlsx").sheetnames == ["Nhật ký", "Về tệp này"]
    assert read_csv(tmp_path / "csv") == []
    assert (tmp_path / "jsonl").read_bytes() == b""


@pytest.mark.parametrize(
    "words", ["=1+1", "+84", "-1", "@x", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x", " =1"]
)
def test_no_cell_of_the_csv_begins_as_a_formula(words: str) -> None:
    assert csv_cell(words) == f"'{words}"


@pytest.mark.parametrize(
    ("words", "safe"),
    [
        ("ghi chú;=1+1;hết", "ghi chú;'=1+1;hết"),
        ("hai dòng\n@SUM(A1)", "hai dòng\n'@SUM(A1)"),
        ("cách; -2+3", "cách; '-2+3"),
        ("\n=1", "'\n'=1"),
        ("gồm:\n- việc một;\n- việc hai", "gồm:\n- việc một;\n- việc hai"),
    ],
)
def test_no_formula_begins_where_semicolons_and_line_breaks_end_the_cells(words: str, safe: str) -> None:
    assert csv_cell(words) == safe


def test_words_that_are_no_formula_stay_as_they_are() -> None:
    assert [csv_cell(cell) for cell in ("Trần Thị Lan", "3-4", 17, "")] == ["Trần Thị Lan", "3-4", 17, ""]


def test_the_table_tells_an_event_in_words_and_says_what_file_it_is(planted: Planted) -> None:
    book = open_workbook(planted.paths["xlsx"])
    head, *lines = book["Nhật ký"].iter_rows(values_only=True)
    assert head == tuple(column.title for column in COLUMNS)
    line = dict(zip(head, lines[planted.events[-1].position - 1], strict=True))
    assert line["Nội dung"] == "Phạm Nam đã xác nhận công việc hoàn thành."
    assert (line["Vai trò"], line["Loại việc"], line["Mục"]) == ("lãnh đạo UBND", "Hoàn thành", "III.8")
    assert line["Lĩnh vực"] == "Cải cách thủ tục hành chính"
    told = (dict(zip(head, line, strict=True)) for line in lines)
    granted = [line for line in told if line["Loại việc"] == "Đồng ý gia hạn"]
    assert [line["Mục"] for line in granted] == ["III.2", "III.4"]
    assert "Hạn: 30/06/2026 → 31/08/2026" in granted[0]["Thay đổi (cũ → mới)"]
    about = dict(book["Về tệp này"].iter_rows(values_only=True))
    assert about["Bộ lọc"] == "toàn bộ nhật ký"
    assert about["Dấu niêm phong"] == planted.world.ws.log.checkpoint_at(planted.size)[0]


def test_every_attribute_of_xes_and_ocel_is_there_on_one_line_and_no_boolean(planted: Planted) -> None:
    events = etree.parse(planted.paths["xes"]).findall(f".//{XES}event")
    kinds = {element.tag for event in events for element in event}
    assert kinds == {f"{XES}{kind}" for kind in ("string", "int", "date")}
    assert len({tuple(element.get("key") for element in event) for event in events}) == 1
    assert all(value and "\n" not in value for value in etree.parse(planted.paths["xes"]).xpath("//@value"))
    for event in json.loads(planted.paths["ocel-json"].read_bytes())["events"]:
        values = [attribute["value"] for attribute in event["attributes"]]
        assert {type(value) for value in values} == {str, int}
        assert "" not in values


def test_the_elements_of_xes_stand_in_the_order_of_its_schema(planted: Planted) -> None:
    root = etree.parse(planted.paths["xes"]).getroot()
    assert (root.tag, root.get("xes.version")) == (f"{XES}log", "1849.2016")
    order = [name for name, _ in groupby(child.tag.removeprefix(XES) for child in root)]
    assert order == ["extension", "global", "classifier", "string", "trace"]
    (declared,) = (one for one in root.findall(f"{XES}global") if one.get("scope") == "event")
    event = root.find(f"{XES}trace/{XES}event")
    assert event is not None
    assert [(one.tag, one.get("key")) for one in declared] == [(one.tag, one.get("key")) for one in event]


def test_every_event_has_an_object_every_object_an_event_and_a_pair_one_qualifier(planted: Planted) -> None:
    log = json.loads(planted.paths["ocel-json"].read_bytes())
    ids = {thing["id"] for thing in log["objects"]}
    linked = {link["objectId"] for event in log["events"] for link in event["relationships"]}
    belongs = {link["objectId"] for thing in log["objects"] for link in thing["relationships"]}
    assert linked == ids
    assert belongs <= ids
    for event in log["events"]:
        objects = [link["objectId"] for link in event["relationships"]]
        assert "workspace-xa-mau" in objects
        assert len(objects) == len(set(objects))


def test_the_database_of_ocel_has_no_dangling_key(planted: Planted) -> None:
    connection = sqlite3.connect(planted.paths["ocel-sqlite"])
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    size = connection.execute("SELECT count(*) FROM event").fetchone()[0]
    tables = [row[0] for row in connection.execute("SELECT ocel_type_map FROM event_map_type")]
    counts = " UNION ALL ".join(f"SELECT count(*) FROM event_{name}" for name in tables)  # noqa: S608  # our own words
    rows = [row[0] for row in connection.execute(counts)]
    assert size == sum(rows) == planted.size
    connection.close()


def test_a_step_that_was_taken_back_says_so(planted: Planted) -> None:
    events = etree.parse(planted.paths["xes"]).findall(f".//{XES}event")
    own = [{element.get("key"): element.get("value") for element in event} for event in events]
    own = [event for event in own if event["stream"] == f"item-{LAWFUL[0]}"]
    assert [(event["concept:name"], event["undone"]) for event in own] == [
        ("item.opened", "no"), ("assign", "no"), ("start", "no"), ("submit", "no"), ("approve", "yes"),
        ("item.undone", "no"), ("approve", "no"), ("close", "no"),
    ]  # fmt: skip


def test_the_data_of_an_event_reads_the_same_from_its_one_line() -> None:
    data = {"title": "hai  cách\u2028dòng\x85\n\t\u00a0\ufffe📋", "to": None}
    line = json_line(data)
    assert json.loads(line) == data
    assert len(line.splitlines()) == 1
    assert etree.fromstring(etree.tostring(etree.Element("string", value=line))).get("value") == line


def test_another_format_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(BadInput, match="Không có định dạng «pdf»") as refused:
        find_format("pdf")
    assert refused.value.now == f"Hãy chọn một trong: {', '.join(FORMATS)}."


SECRETS = ("Vụ việc kín", "Họ tên kín", "Chức vụ kín")


@pytest.fixture(scope="module")
def withheld(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The files of an administrator, who may not read cases of discipline, and the positions of these."""
    folder = tmp_path_factory.mktemp("withheld")
    commune = AreaCommune(folder / "data", AREA)
    case = commune.write(
        "discipline", SECRETS[0], person=SECRETS[1], post=SECRETS[2], found_on="2026-01-10", due="2026-03-20"
    ).id
    ws, admin = commune.ws, login("admin")
    view = query_view(ws, reader_of(ws.read(), admin))
    exports = {name: take_out(view, name, folder / name, admin) for name in FORMATS}
    hidden = [event.position for event in ws.log.stream(f"item-{case}")]
    yield {name: folder / name for name in FORMATS}, exports, hidden, case, ws
    ws.close()


def test_of_what_may_not_be_read_no_file_has_a_word(withheld: Any) -> None:
    paths, exports, hidden, case, _ = withheld
    assert {export.withheld for export in exports.values()} == {len(hidden)}
    for name in set(FORMATS) - {"xlsx"}:
        text = paths[name].read_bytes().decode(errors="replace")
        assert not [secret for secret in (*SECRETS, case) if secret in text], name
    book = open_workbook(paths["xlsx"])
    cells = {cell for row in book["Nhật ký"].iter_rows(values_only=True) for cell in row}
    assert not cells & {*SECRETS, case, f"item-{case}"}


def test_what_is_withheld_is_seen_to_be_withheld_with_its_place_and_its_leaf(withheld: Any) -> None:
    paths, _, hidden, _, ws = withheld
    leaves = {place: leaf_hash(ws.log.body(place)).hex() for place in hidden}
    lines = paths["jsonl"].read_bytes().splitlines()
    assert [json.loads(lines[place - 1]) for place in hidden] == [
        {"leaf": leaves[place], "position": place} for place in hidden
    ]
    table = {int(line["Số"]): line for line in read_csv(paths["csv"])}
    for place in hidden:
        told = {name: value for name, value in table[place].items() if value}
        assert (told["Nội dung"], told["Mã băm lá"]) == (HIDDEN, leaves[place])
        assert len(told) == 5
    batch = {int(event["sequence"]): event for event in json.loads(paths["cloudevents"].read_bytes())}
    assert {batch[place]["type"] for place in hidden} == {"cchc.export.withheld/1"}
    assert [batch[place]["leafhash"] for place in hidden] == list(leaves.values())
    ocel = json.loads(paths["ocel-json"].read_bytes())["events"]
    assert Counter(event["type"] for event in ocel)["withheld"] == len(hidden)
    traces = etree.parse(paths["xes"]).findall(f"{XES}trace")
    last = {element.get("key"): element.get("value") for element in traces[-1].findall(f"{XES}string")}
    assert (last["concept:name"], len(traces[-1].findall(f"{XES}event"))) == ("withheld", len(hidden))
