"""The pages of an inspection: its decision, its samples, what was found, and the papers to take along."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from flask.testing import FlaskClient
from support import forms as form_of
from support.dividing import distribute
from support.forms import hidden
from support.inspecting import (
    DECISION,
    FOUND,
    OBSERVED,
    RULE,
    SECRET,
    audit_of,
    drawn,
    found,
    observe,
    planned,
    wait_for_checkpoint,
)
from support.visitors import Site
from support.world import ASSIGN, RESULT, TASK, World
from werkzeug.test import TestResponse

from cchc_flow import commands


def page(site: Site, login: str, path: str) -> str:
    answer = site.visitor(login).get(f"/xa-mau/{path}")
    assert answer.status_code == 200
    return answer.text


def test_an_inspector_opens_an_inspection_and_comes_to_its_page(site: Site, send) -> None:
    answer = send("thu", "inspections", **DECISION)
    assert answer.status_code == 303
    shown = site.visitor("thu").get(answer.location).text
    assert "15/QĐ-UBND" in shown and "Chưa chọn mẫu" in shown and "Chưa ghi nhận điều gì" in shown
    assert DECISION["title"] in page(site, "thu", "inspections")


def test_a_wrong_decision_comes_back_with_what_was_typed(site: Site, send) -> None:
    answer = send("thu", "inspections", **DECISION | {"decision": "Quyết định"})
    assert answer.status_code == 422
    assert "Số quyết định: phải có số" in answer.text and DECISION["scope"] in answer.text


@pytest.mark.parametrize("login", ["hoa", "nam", "lan", "binh"])
def test_who_does_not_inspect_is_offered_no_form_and_gets_none(site: Site, world: World, login: str) -> None:
    audit = audit_of(world)
    assert f"inspections/{audit}/samples/new" not in page(site, login, f"items/{audit}")
    for path in ("inspections/new", f"inspections/{audit}/findings/new", f"inspections/{audit}/samples/new"):
        assert site.visitor(login).get(f"/xa-mau/{path}").status_code == 403


def test_an_observation_is_about_the_item_from_which_it_was_begun(site: Site, world: World, send) -> None:
    audit = audit_of(world)
    assert f'href="/xa-mau/inspections/{audit}/findings/new?about={TASK}"' in page(
        site, "thu", f"items/{TASK}"
    )
    form = page(site, "thu", f"inspections/{audit}/findings/new?about={TASK}")
    assert f'<input type="hidden" name="about" value="{TASK}">' in form
    answer = send("thu", f"inspections/{audit}/findings", **OBSERVED | {"about": TASK})
    assert answer.status_code == 303
    for place in (f"items/{TASK}", f"items/{audit}"):
        assert OBSERVED["title"] in page(site, "thu", place)


def test_the_history_of_a_finding_speaks_of_what_was_remedied_and_of_no_report(
    site: Site, world: World
) -> None:
    finding = found(world)
    answer = {"result": "Đã bổ sung minh chứng."}
    world.take("lan", "submit", finding, **answer)
    world.take("thu", "return", finding, reason="Chưa đủ.")
    world.take("lan", "submit", finding, **answer)
    world.take("lan", "withdraw", finding, reason="Gửi nhầm.")
    world.take("lan", "submit", finding, **answer)
    world.take("thu", "accept", finding)
    world.take("thu", "reopen", finding, reason="Lại xảy ra.")
    shown = page(site, "thu", f"items/{finding}").partition('<ol class="history">')[2]
    for words in (
        "đã kết luận đây là một phát hiện, yêu cầu khắc phục.",
        "đã nộp kết quả khắc phục, không kèm tệp minh chứng.",
        "đã trả lại kết quả khắc phục để làm tiếp, có nêu lý do.",
        "đã rút lại kết quả khắc phục để làm tiếp, có nêu lý do.",
        "đã chấp nhận kết quả khắc phục.",
        "đã mở lại phát hiện để làm tiếp, có nêu lý do.",
    ):
        assert words in shown
    assert "báo cáo" not in shown.partition("</ol>")[0]


def test_an_observation_without_its_unit_comes_back_by_field(world: World, send) -> None:
    answer = send("thu", f"inspections/{audit_of(world)}/findings", **OBSERVED | {"lead": ""})
    assert answer.status_code == 422 and "Hãy chọn đơn vị liên quan." in answer.text


def test_the_unit_sees_on_its_page_what_was_found_and_answers(site: Site, world: World) -> None:
    item = found(world)
    shown = page(site, "binh", f"items/{item}")
    assert FOUND["facts"] in shown and FOUND["remedy"] in shown and "Trả lời, báo cáo khắc phục" in shown
    assert "Phát hiện khi kiểm tra" in page(site, "binh", "inbox")
    assert OBSERVED["title"] in page(site, "binh", "work")
    assert OBSERVED["title"] in page(site, "binh", "board?kind=finding")


def test_an_answer_waits_for_the_inspector(site: Site, world: World) -> None:
    item = found(world)
    assert OBSERVED["title"] not in page(site, "thu", "work")
    world.take("lan", "submit", item, **RESULT)
    assert OBSERVED["title"] in page(site, "thu", "work")
    assert "Chấp nhận, kết thúc" in page(site, "thu", f"items/{item}")


def test_a_finding_counts_among_no_tasks(site: Site, world: World) -> None:
    before = page(site, "hoa", "items")
    found(world)
    assert "<strong>3</strong> nhiệm vụ" in before and "<strong>3</strong> nhiệm vụ" in page(
        site, "hoa", "items"
    )


def test_another_unit_sees_neither_the_finding_nor_a_trace_of_it(site: Site, world: World) -> None:
    item = found(world)
    commands.add_person(world.ws, "tam", "Tâm", None, "tram-y-te", world.order())
    commands.grant_role(world.ws, "tam", "officer", world.order())
    assert site.visitor("tam").get(f"/xa-mau/items/{item}").status_code == 404
    assert OBSERVED["title"] not in page(site, "tam", f"items/{TASK}")


def test_a_request_for_more_time_says_who_decides_about_it(site: Site, world: World) -> None:
    item = found(world)
    world.take("binh", "ask_extension", item, due="2026-04-30", reason="Chờ kinh phí.")
    assert "Đang chờ cán bộ kiểm tra quyết định." in page(site, "binh", f"items/{item}")


def plan(client: FlaskClient, audit: str, before_it_is_sent: Callable[[], object] = int) -> TestResponse:
    """Send the form of a new sample's rule; something may happen while it is filled in."""
    path = f"/xa-mau/inspections/{audit}/samples"
    form = hidden(client.get(f"{path}/new").text, path)
    before_it_is_sent()
    return client.post(path, data=form | RULE)


def test_a_sample_is_planned_and_drawn_through_its_pages(site: Site, world: World) -> None:
    audit, thu = audit_of(world, units=[]), site.visitor("thu")
    assert plan(thu, audit).status_code == 303
    sample = page(site, "thu", f"items/{audit}").split("/samples/")[1].partition('"')[0]
    path = f"/xa-mau/inspections/{audit}/samples/{sample}"
    assert "Chưa rút được" in thu.get(path).text
    wait_for_checkpoint(world)
    wrong = form_of.send(thu, path, f"{path}/draws", secret="bo cau trang 1927")
    assert wrong.status_code == 422 and "không khớp với mã băm" in wrong.text
    assert form_of.send(thu, path, f"{path}/draws", secret=SECRET).status_code == 303
    shown = thu.get(path).text
    assert "(tổng thể rất lớn thì cần 59)" in shown
    assert "Rút lại ngay lúc này ra đúng những mục trên." in shown and "Rà soát thủ tục" in shown


def test_a_rule_that_somebody_laid_down_meanwhile_is_told(site: Site, world: World) -> None:
    audit = audit_of(world, units=[])
    answer = plan(site.visitor("thu"), audit, lambda: planned(world, audit))
    assert answer.status_code == 409 and "đã lập cách chọn mẫu 3 trong 3 mục" in answer.text


def test_a_sample_tells_the_parts_of_one_task_apart_by_their_months(site: Site, world: World) -> None:
    distribute(world, ["phong-kinh-te"], cadence="monthly", due_day="25")
    audit = audit_of(world, units=[])
    shown = page(site, "thu", f"inspections/{audit}/samples/{drawn(world, audit).planned_by.id}")
    assert "III.2.3.1 · tháng " in shown


def test_a_changed_row_of_the_board_is_told_where_the_sample_is_shown(site: Site, world: World) -> None:
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    world.ws.read().execute("UPDATE cards SET lead = 'tram-y-te' WHERE item = '2026-III.1.1'")
    shown = page(site, "thu", f"inspections/{audit}/samples/{sample.planned_by.id}")
    assert "Rút lại lúc này KHÔNG ra những mục trên" in shown


def test_the_sample_comes_out_of_the_two_files_with_nothing_but_python(
    site: Site, world: World, tmp_path: Path
) -> None:
    world.take("hoa", "assign", **ASSIGN)
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    path = f"/xa-mau/inspections/{audit}/samples/{sample.planned_by.id}"
    thu = site.visitor("thu")
    (tmp_path / "tong-the.txt").write_bytes(thu.get(f"{path}/population.txt").data)
    (tmp_path / "rut_lai_mau.py").write_bytes(thu.get(f"{path}/redrawing.py").data)
    sizes = [f"{stratum.key}={stratum.size}" for stratum in sample.plan.strata]
    run = [sys.executable, "-I", "rut_lai_mau.py", "tong-the.txt", sample.drawn.root, SECRET, *sizes]
    printed = subprocess.run(run, cwd=tmp_path, capture_output=True, check=True, text=True).stdout.split()
    assert printed[:3] == [sample.plan.digest, sample.plan.commitment, sample.drawn.seed]
    assert printed[3:] == [item.item for item in sample.drawn.items]
    program = (tmp_path / "rut_lai_mau.py").read_text()
    assert len(program.splitlines()) <= 35


def test_the_working_list_has_items_evidence_and_the_recipe(site: Site, world: World) -> None:
    world.submitted()
    audit = audit_of(world, units=[])
    sample = drawn(world, audit)
    path = f"/xa-mau/inspections/{audit}/samples/{sample.planned_by.id}/work-paper.docx"
    paper = docx.Document(io.BytesIO(site.visitor("thu").get(path).data))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Rà soát thủ tục" in cells and "Kết quả kiểm tra" in cells
    (evidence,) = {cell for cell in cells if cell.startswith("báo cáo.pdf (")}
    file = world.ws.log.event(world.ws.log.size())  # the draw itself
    assert file.type == "inspection.sample_drawn/1" and evidence.endswith("…)")
    words = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    for part in (sample.drawn.root, sample.drawn.seed, sample.plan.commitment, SECRET, "sha256sum"):
        assert part in words


def test_there_is_no_working_list_before_the_draw(site: Site, world: World) -> None:
    audit = audit_of(world, units=[])
    path = f"/xa-mau/inspections/{audit}/samples/{planned(world, audit)}/work-paper.pdf"
    assert site.visitor("thu").get(path).status_code == 422


def test_the_draft_of_the_conclusion_tells_decision_sample_and_findings(site: Site, world: World) -> None:
    world.take("hoa", "assign", **ASSIGN)
    item = found(world)
    audit = str(commands.load_item(world.ws, item).item.fields["audit"])
    observe(world, audit, title="Chưa rõ", about="")
    planned(world, audit)
    answer = site.visitor("thu").get(f"/xa-mau/inspections/{audit}/conclusion.docx")
    words = "\n".join(part.text for part in docx.Document(io.BytesIO(answer.data)).paragraphs)
    for part in ("15/QĐ-UBND", "Phòng Kinh tế", FOUND["facts"], FOUND["remedy"], "31/03/2026", "không rút"):
        assert part in words
    assert "Chưa rõ" not in words


def test_a_log_with_samples_and_findings_is_whole_and_its_read_models_agree(world: World, send) -> None:
    world.take("thu", "drop", observe(world, audit_of(world)).id, reason="Đã có bản giấy.")
    drawn(world, audit_of(world, units=[]))
    answer = send("thu", "verifications")
    assert answer.status_code == 200 and "Nhật ký nguyên vẹn" in answer.text
