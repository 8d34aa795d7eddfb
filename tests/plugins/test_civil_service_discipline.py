"""Cases of discipline: by when they are decided, which forms there are for whom, and what old entries say."""

from pathlib import Path

import pytest
from cchc_flow.plugins.civil_service.discipline_register import ABOLISHED_FORMS, DISCIPLINE, FORMS
from cchc_flow.plugins.civil_service.discipline_rules import case_deadline
from msgspec.structs import replace
from support.civil_service import AREA, DECIDED, MODULE, case
from support.plugging import plugged
from support.registers import AreaCommune, communes_of, plain_section

from cchc_flow.commands.workspace_setup import publish_what_came
from cchc_flow.errors import MissingData, NotAllowed
from cchc_flow.hookspecs import Area, Field, Workflow, hookimpl
from cchc_flow.plugin_host.rule_checks import RuleBroken, Warned
from cchc_flow.plugin_kit import decision_fields
from cchc_flow.testing import Commune
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import parse

commune = communes_of(AREA)


def test_a_case_is_decided_by_a_decision_and_late_ones_have_a_reason(commune: AreaCommune) -> None:
    item, late = case(commune), case(commune, "Lê Văn Sơn", found_on="2025-12-01")
    assert commune.badges(item.id) == ["Xem xét đến 10/04/2026"]
    assert commune.badges(late.id) == ["Quá hạn xem xét"]
    after = commune.take("leader", "decide", item.id, **DECIDED)
    assert (after.state, after.fields["form"], commune.badges(item.id)) == ("decided", "reprimand", [])
    assert commune.take("leader", "decide", late.id, **DECIDED).state == "decided"


def test_the_last_day_of_a_case_counts_and_the_day_after_is_warned_of(commune: AreaCommune) -> None:
    in_time, late = case(commune, found_on="2025-12-01"), case(commune, "Lê Văn Sơn", found_on="2025-11-30")
    assert commune.take("leader", "decide", in_time.id, **DECIDED).state == "decided"
    with pytest.raises(Warned, match="Hạn xem xét là 28/02/2026"):
        commune.take("leader", "decide", late.id, **DECIDED)
    assert commune.take("leader", "decide", late.id, **DECIDED, override="Phức tạp.").state == "decided"


@pytest.mark.parametrize(
    ("found_on", "prolonged", "last"),
    [
        ("2026-01-10", False, "10/04/2026"),  # 90 days
        ("2026-01-10", True, "09/06/2026"),  # 150 days
        ("2025-12-01", False, "01/03/2026"),
        ("2025-12-01", True, "30/04/2026"),
    ],
)
def test_a_case_takes_90_days_and_a_complicated_one_150_by_decree_172_of_2025(
    commune: AreaCommune, found_on: str, prolonged: bool, last: str
) -> None:
    item = case(commune, found_on=found_on)
    if prolonged:
        given = {"prolonged_on": "2026-03-01", "reason": "Phải giám định."}
        assert commune.take("leader", "prolong", item.id, **given).state == "considered"
    assert day_words(case_deadline(commune.then(item.id), commune.facts(AREA))) == last


def test_a_case_is_prolonged_once_and_late_only_with_a_reason(commune: AreaCommune) -> None:
    item, late = case(commune), case(commune, "Lê Văn Sơn", found_on="2025-11-30")
    given = {"prolonged_on": "2026-03-01", "reason": "Phải giám định."}
    commune.take("leader", "prolong", item.id, **given)
    with pytest.raises(RuleBroken, match="đã được kéo dài"):
        commune.take("leader", "prolong", item.id, **given)
    with pytest.raises(Warned, match="Đã quá hạn xem xét 28/02/2026"):
        commune.take("leader", "prolong", late.id, **given)
    with pytest.raises(RuleBroken, match="đứng trước ngày phát hiện"):
        commune.take("leader", "prolong", late.id, **given | {"prolonged_on": "2025-11-29"})


FITTING = {
    "cadre": {"reprimand", "warning", "removal", "recall"},
    "leader": {"reprimand", "warning", "removal", "dismissal"},
    "official": {"reprimand", "warning", "dismissal"},
}


@pytest.mark.parametrize("staff", FITTING)
@pytest.mark.parametrize("form", ["reprimand", "warning", "removal", "recall", "dismissal"])
def test_each_group_has_its_forms_of_discipline_by_decree_172_of_2025(
    commune: AreaCommune, staff: str, form: str
) -> None:
    item, given = case(commune), DECIDED | {"staff": staff, "form": form}
    if form in FITTING[staff]:
        assert commune.take("leader", "decide", item.id, **given).fields["form"] == form
    else:
        with pytest.raises(RuleBroken, match="Hãy xem lại đối tượng và hình thức"):
            commune.take("leader", "decide", item.id, **given)


def test_a_form_of_employees_by_decree_234_of_2026_is_not_checked_so_it_warns(commune: AreaCommune) -> None:
    commune.wait(days=200)
    item = case(commune, found_on="2026-07-01")
    given = DECIDED | {"staff": "employee", "form": "removal", "decision_date": "2026-07-20"}
    with pytest.raises(Warned, match="không có hình thức cách chức: chỉ có khiển trách, cảnh cáo, buộc"):
        commune.take("leader", "decide", item.id, **given)


@pytest.mark.parametrize(("form", "title"), [("salary", "Hạ bậc lương"), ("demotion", "Giáng chức")])
def test_a_form_that_decree_172_of_2025_abolished_is_not_taken_any_more(
    commune: AreaCommune, form: str, title: str
) -> None:
    item = case(commune)
    assert title not in commune.page(f"items/{item.id}/discipline-decisions/new", "leader")
    with pytest.raises(MissingData, match=f"«{title}» không còn được áp dụng"):
        commune.take("leader", "decide", item.id, **DECIDED | {"form": form})


class AsBefore:
    """Chế độ công vụ, như bản trước: còn hạ bậc lương, giáng chức"""

    form = Field("form", "choice", "Hình thức", required=True, choices=(*FORMS, *ABOLISHED_FORMS))

    @hookimpl
    def areas(self) -> list[Area]:
        areas: list[Area] = MODULE.areas()
        return areas

    @hookimpl
    def workflows(self) -> list[Workflow]:
        decide = replace(DISCIPLINE.transition("decide"), fields=(self.form, *decision_fields()))
        return [replace(DISCIPLINE, version=2, transitions=(decide, *DISCIPLINE.transitions[2:]))]


def test_an_entry_with_an_abolished_form_reads_and_counts_as_it_was_and_open_cases_follow(
    tmp_path: Path,
) -> None:
    commune = Commune(tmp_path, **{AREA: AsBefore()})
    decided, running = commune.entry("discipline"), commune.entry("discipline")
    given = {"form": "salary", "decision_number": "7/QĐ-UBND", "decision_date": "2026-03-01"}
    assert commune.when(decided, "decide", **given).events == ("item.advanced/1",)
    commune.plugins = commune.ws.plugins = plugged(**{AREA: MODULE})
    publish_what_came(commune.ws)
    assert [commune.then(one).workflow for one in (decided, running)] == [2, 3]
    assert "Hạ bậc lương" in commune.page(f"items/{decided}")
    told = plain_section(MODULE.report_section(parse("2026-03"), commune.facts(AREA))).paragraphs
    assert "Xử lý kỷ luật 1 trường hợp: hạ bậc lương 1." in told
    assert "không còn được áp dụng" in commune.when(running, "decide", **given, staff="official").refusal
    commune.ws.close()


def test_a_decision_of_before_decree_172_of_2025_keeps_the_rule_of_its_day(commune: AreaCommune) -> None:
    item = case(commune, found_on="2025-05-05")
    given = DECIDED | {"staff": "official", "form": "removal", "decision_date": "2025-06-30"}
    assert commune.take("leader", "decide", item.id, **given).state == "decided"


@pytest.mark.parametrize(
    ("step", "given", "said"),
    [
        ("decide", DECIDED | {"decision_date": "2026-01-09"}, "trước ngày phát hiện"),
        ("decide", DECIDED | {"decision_date": "2026-03-03"}, "chưa đến"),
        ("decide", DECIDED | {"decision_number": "QĐ"}, "không có chữ số"),
        ("clear", {"cleared_on": "2026-01-09", "reason": "Không vi phạm."}, "trước ngày phát hiện"),
        ("clear", {"cleared_on": "2026-03-03", "reason": "Không vi phạm."}, "chưa đến"),
    ],
)
def test_an_end_of_a_case_that_cannot_be_is_refused(
    commune: AreaCommune, step: str, given: dict[str, str], said: str
) -> None:
    item = case(commune)
    with pytest.raises(RuleBroken, match=said):
        commune.take("leader", step, item.id, **given)


def test_a_case_may_end_without_discipline(commune: AreaCommune) -> None:
    item = case(commune)
    after = commune.take("leader", "clear", item.id, cleared_on="2026-03-01", reason="Không vi phạm.")
    assert after.state == "cleared"


def test_a_case_is_not_found_on_a_day_to_come_nor_opened_by_an_officer(commune: AreaCommune) -> None:
    with pytest.raises(RuleBroken, match="chưa đến"):
        case(commune, found_on="2026-03-03")
    with pytest.raises(NotAllowed):
        case(commune, by="officer")
