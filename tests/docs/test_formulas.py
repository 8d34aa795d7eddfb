"""The worked examples of docs/vi/cach-tinh.md: each was computed by hand, and is computed here again."""

from datetime import date
from pathlib import Path

import pytest
from cchc_flow.plugins.administrative_procedures.score_groups import PART_TITLES
from cchc_flow.plugins.administrative_procedures.service_figures import PAIRS
from cchc_flow.plugins.civil_service.discipline_rules import case_deadline
from cchc_flow.plugins.civil_service.rotation_register import OTHER_SECTOR, SECTORS
from cchc_flow.plugins.civil_service.rotation_rules import (
    last_day_in_post,
    longest_years,
    months_after,
    shortest_years,
    years_after,
)
from cchc_flow.plugins.institutional_reform.registers import DECISION, ORDINARY, RESOLUTION, SHORTENED
from cchc_flow.plugins.institutional_reform.rules import earliest_effect
from support import civil_service, lawmaking, procedures
from support.registers import AreaCommune, communes_of, go_to

from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.shares import NO_BREAK

PAGE = Path(__file__).parents[2] / "docs" / "vi" / "cach-tinh.md"
commune = communes_of(civil_service.AREA)


def rows(section: str) -> list[list[str]]:
    """Return the rows of the table in a section of the page, without its head."""
    text = PAGE.read_text("utf-8").partition(f"\n## {section}\n")[2].partition("\n## ")[0]
    table = [line.strip("|").split("|") for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in table[2:]]


def day(words: str) -> date:
    """Return the day that is written 05/03/2026."""
    number, month, year = map(int, words.split("/"))
    return date(year, month, number)


def test_the_term_of_discipline_by_decree_172_of_2025(commune: AreaCommune) -> None:
    examples = rows("Thời hạn xử lý kỷ luật")
    assert len(examples) == 2
    for found, prolonged, last in examples:
        case = civil_service.case(commune, found_on=day(found).isoformat())
        if prolonged == "có":
            given = {"prolonged_on": "2026-03-01", "reason": "Phải giám định."}
            case = commune.take("leader", "prolong", case.id, **given)
        assert day_words(case_deadline(case, commune.facts(civil_service.AREA))) == last


def test_the_years_in_a_post_by_decree_59_of_2019(commune: AreaCommune) -> None:
    facts = commune.facts(civil_service.AREA)
    sectors = {title: key for key, title in (*SECTORS, OTHER_SECTOR)}
    examples = rows("Thời gian giữ một vị trí công tác")
    assert [row[0] for row in examples] == list(sectors)
    for title, shortest, longest, since, earliest, latest in examples:
        sector, begin = sectors[title], day(since)
        years = shortest_years(sector, facts, facts.today), longest_years(sector, facts, facts.today)
        assert years == (int(shortest), int(longest))
        assert day_words(years_after(begin, years[0])) == earliest
        rotation = civil_service.rotate(commune, title, sector=sector, held_since=begin.isoformat())
        assert day_words(last_day_in_post(rotation, facts)) == latest


def test_the_earliest_effect_by_article_53_of_law_64_of_2025(tmp_path: Path) -> None:
    commune = AreaCommune(tmp_path, lawmaking.AREA)
    facts = commune.facts(lawmaking.AREA)
    examples = rows("Ngày có hiệu lực của văn bản quy phạm pháp luật")
    assert len(examples) == 6
    for form, adopted, signed, procedure, earliest in examples:
        data = {
            "form": RESOLUTION if form == "nghị quyết" else DECISION,
            "adopted_on": None if adopted == "–" else day(adopted).isoformat(),
            "signed_on": day(signed).isoformat(),
            "procedure": SHORTENED if procedure == "rút gọn" else ORDINARY,
        }
        assert day_words(earliest_effect(data, facts)) == earliest
    commune.ws.close()


def test_the_score_by_decision_766_in_six_groups(tmp_path: Path) -> None:
    commune = AreaCommune(tmp_path, procedures.AREA)
    go_to(commune, "2026-12-01")
    examples = rows("Điểm theo Quyết định 766/QĐ-TTg")
    commune.entry("service_figures", period="2026-11", **counts_of(examples))
    section = commune.section("2026-11")
    computed = [[cell.replace(NO_BREAK, " ") for cell in row] for row in section.rows]
    assert computed == [[cell.replace("0/0", "") for cell in row] for row in examples]
    told = section.paragraphs[-1].removeprefix("Điểm theo QĐ 766: ").removesuffix(".")
    assert told.replace("72,5", "**72,5**").replace("92", "**92**") in PAGE.read_text("utf-8")
    commune.ws.close()


def counts_of(examples: list[list[str]]) -> dict[str, str]:
    """Return the fields of an entry of figures that has these counts."""
    pairs = {title: PAIRS[key] for key, title in PART_TITLES.items()}
    fields: dict[str, str] = {}
    for title, count, *_ in examples:
        if count and title in pairs:
            done, of = count.replace(".", "").split("/")
            pair = pairs[title]
            fields |= {pair.of: of} if pair.less else {pair.done: done, pair.of: of}
            if pair.less:
                fields[pair.less] = str(int(fields[pair.done]) - int(done))
    return fields | {"with_components": fields["settled"]}


@pytest.mark.parametrize(("retires_on", "exempt"), [("01/09/2027", True), ("02/09/2027", False)])
def test_who_has_less_than_18_months_to_go_by_decree_59_of_2019(retires_on: str, exempt: bool) -> None:
    assert f"người nghỉ hưu ngày {retires_on}" in PAGE.read_text("utf-8")
    assert (day(retires_on) < months_after(date(2026, 3, 2), 18)) is exempt
