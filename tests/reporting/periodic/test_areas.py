"""What areas say in a report: under the area of the plan, once, and missing when they fail."""

from pathlib import Path

from support.plugging import plugged
from support.reports import rows_of, sentences_of
from support.world import World

from cchc_flow.documents.blocks import Heading, Table
from cchc_flow.hookspecs import Area, Facts, Period, Report, Section, hookimpl
from cchc_flow.reporting.periodic import BuiltReport, build_report
from cchc_flow.workflow import periods


class Speaking:
    """An area that says something, under one or two of its names."""

    def __init__(self, *titles: str, words: str = "Đã công khai 40 thủ tục.") -> None:
        self.titles, self.words = titles, words

    @hookimpl
    def areas(self) -> list[Area]:
        return [
            Area(f"area_{place}", title, f"A{place}", "#336699", (title,))
            for place, title in enumerate(self.titles)
        ]

    @hookimpl
    def report_section(self, period: Period, facts: Facts) -> Section | Report:
        return Section(self.titles[0], (self.words,), ("Tên",), ((self.titles[0],),))


class Failing(Speaking):
    """An area that cannot say anything."""

    @hookimpl
    def report_section(self, period: Period, facts: Facts) -> Section | Report:
        raise ValueError("thiếu sổ")


def build(folder: Path, **plugins: object) -> BuiltReport:
    world = World(folder / "data", plugins=plugged(**plugins)).settle()
    try:
        return build_report(world.ws, periods.parse("2026-Q1"), world.ws.cutoff())
    finally:
        world.ws.close()


def headings(built: BuiltReport) -> list[str]:
    return [block.words for block in built.document.blocks if isinstance(block, Heading) and block.level == 2]


def test_an_area_speaks_under_the_area_of_the_plan_and_shows_its_table_in_an_appendix(tmp_path: Path) -> None:
    built = build(tmp_path, own=Speaking("thủ tục hành chính"))
    assert "Đã công khai 40 thủ tục." in sentences_of(built.document.blocks)
    last = built.document.appendices[-1]
    assert isinstance(last.blocks[0], Table)
    assert (last.title, rows_of(last.blocks[0])) == ("Số liệu của các lĩnh vực", [("thủ tục hành chính",)])


def test_what_looks_after_two_areas_speaks_once(tmp_path: Path) -> None:
    words = sentences_of(build(tmp_path, own=Speaking("thủ tục hành chính", "thể chế")).document.blocks)
    assert words.count("Đã công khai 40 thủ tục.") == 1


def test_an_area_that_the_plan_does_not_have_comes_after_the_others(tmp_path: Path) -> None:
    built = build(tmp_path, own=Speaking("Hộ tịch"))
    assert headings(built)[3:6] == ["Cải cách thể chế", "Cải cách thủ tục hành chính", "Hộ tịch"]


def test_the_area_of_direction_is_part_of_the_first_part(tmp_path: Path) -> None:
    built = build(tmp_path, own=Speaking("Công tác chỉ đạo, điều hành", words="Tổ chức hai cuộc họp."))
    words = [
        block.words if isinstance(block, Heading) else sentences_of([block])
        for block in built.document.blocks
    ]
    assert words.index(["Tổ chức hai cuộc họp."]) < words.index("Chế độ thông tin, báo cáo")
    assert "Công tác chỉ đạo, điều hành" not in headings(built)
    assert any(section.key == "direction" for section in built.sections)


def test_an_area_that_fails_is_missing_and_the_rest_is_there(tmp_path: Path) -> None:
    built = build(tmp_path, own=Failing("thủ tục hành chính"), other=Speaking("thể chế"))
    assert "Đã công khai 40 thủ tục." in sentences_of(built.document.blocks)
    [gap] = [gap for gap in built.missing if "Không lấy được" in gap.words]
    assert gap.blocks and not built.can_be_issued
