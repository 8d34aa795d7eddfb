"""The area's rules, and which checks are made before each step.

The checks of courses, of rotations, and of evaluations and cases of discipline have modules of their own.
"""

from collections.abc import Iterator
from datetime import date

from cchc_flow.hookspecs import Facts, Item, JsonObject, Rule, Violation
from cchc_flow.plugin_kit import (
    Check,
    day_in_words,
    document_number_check,
    past_day_check,
    unfinished_entries,
    violations_until_blocked,
)

from .discipline_rules import check_case_deadline, check_form, check_prolongation
from .evaluation_registers import EVALUATION, UNIT_EVALUATION
from .evaluation_rules import (
    check_case,
    check_decision_year,
    check_due,
    check_failing,
    check_grade,
    check_leaders_points,
    check_new_evaluation,
    check_new_unit_evaluation,
    check_not_above_unit,
    check_not_own_account,
    check_parts_of_score,
    check_points,
    check_share_of_best,
    check_staff_points,
    check_unit_grade,
)
from .figures import DISCIPLINE_DECREE, DISCIPLINE_SINCE, NO_BASIS, ROTATION_DECREE, ROTATION_SINCE
from .grade_rules import GRADE_RULES
from .registers import TRAINING
from .rotation_register import ROTATION
from .rotation_rules import (
    check_exclusion,
    check_new_post,
    check_no_open_rotation,
    check_notice,
    shortest_stay_check,
)
from .training_rules import check_certificates, check_course_days, check_course_plan

AREA = "civil_service"
RULES = (
    Rule("days", "Ngày ghi không ở phía trước; ngày sau không đứng trước ngày trước nó."),
    Rule("decision", "Quyết định, thông báo phải có số và ngày."),
    Rule(
        "course",
        "Lớp học có người học, có số ngày học không vượt số ngày từ khai giảng đến bế giảng;"
        " học ít ngày hơn kế hoạch thì cảnh báo.",
    ),
    Rule("certificates", "Số chứng chỉ không vượt số người học; có chứng chỉ thì phải ghi tên."),
    Rule("post", "Vị trí mới phải khác vị trí cũ."),
    Rule(
        "notice",
        "Xã đã định số ngày thông báo trước thì cảnh báo khi chuyển đổi sớm hơn.",
        source=NO_BASIS,
        checked=False,
        figures=("notice_days",),
    ),
    Rule(
        "tenure",
        "Giữ vị trí chưa đủ số năm ít nhất của lĩnh vực mà chuyển đổi thì cảnh báo.",
        source=ROTATION_DECREE,
        since=ROTATION_SINCE,
        checked=True,
    ),
    Rule(
        "exclusion",
        "Chưa chuyển đổi vì sắp nghỉ hưu thì phải ghi ngày nghỉ hưu, còn ít hơn số tháng đã định.",
        source=ROTATION_DECREE,
        since=ROTATION_SINCE,
        checked=True,
        figures=("retiring_months",),
    ),
    Rule("oneself", "Không ai tự xếp loại, tự chuyển đổi vị trí hay tự kết luận kỷ luật cho mình."),
    *GRADE_RULES,
    Rule(
        "form",
        "Hình thức kỷ luật của cán bộ, công chức phải là hình thức của đối tượng: cách chức chỉ với cán bộ và"
        " công chức lãnh đạo, quản lý; bãi nhiệm chỉ với cán bộ; buộc thôi việc không với cán bộ.",
        source="Nghị định 172/2025/NĐ-CP, các hình thức kỷ luật",
        since=DISCIPLINE_SINCE,
        checked=True,
    ),
    Rule(
        "form_of_employee",
        "Viên chức bị cách chức khi không quản lý, hoặc bị bãi nhiệm, thì cảnh báo.",
        source="Nghị định 234/2026/NĐ-CP",
        since=date(2026, 7, 1),
        checked=False,
    ),
    Rule(
        "late",
        "Quyết định kỷ luật ban hành quá số ngày xem xét thì cảnh báo.",
        source=DISCIPLINE_DECREE,
        since=DISCIPLINE_SINCE,
        checked=True,
        figures=("discipline_days", "complicated_days"),
    ),
    Rule("prolonged", "Thời hạn xem xét của một vụ việc chỉ kéo dài một lần."),
    Rule(
        "twice",
        "Mỗi người ở mỗi vị trí có một lượt chuyển đổi đang mở và một mục đánh giá cho mỗi kỳ;"
        " mỗi đơn vị có một mục xếp loại cho mỗi năm.",
    ),
    Rule(
        "unfinished",
        "Nhiệm vụ công vụ chưa được duyệt hay xác nhận hoàn thành khi lớp học, lượt chuyển đổi hoặc mục"
        " đánh giá ghi cho nhiệm vụ đó chưa xong.",
    ),
    Rule("next", "Chuyển đổi xong thì lượt sau của vị trí mới được mở sẵn, hạn là số năm nhiều nhất."),
)


def violations(item: Item, step: str, data: JsonObject, facts: Facts) -> list[Violation]:
    """Return the rules that a step breaks, up to the first check that finds one which blocks it."""
    return violations_until_blocked(_CHECKS.get((item.kind, step), ()), item, data, facts)


def unfinished_entries_of(task: Item, facts: Facts) -> list[Item]:
    """Return the unfinished entries that name a task of the area; discipline belongs to no task."""
    return unfinished_entries(task, AREA, (TRAINING, ROTATION, EVALUATION, UNIT_EVALUATION), facts)


def _check_task(task: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    if entries := unfinished_entries_of(task, facts):
        titles = ", ".join(entry.title for entry in entries[:3])
        yield Violation(
            "unfinished",
            f"{len(entries)} mục ghi cho nhiệm vụ này chưa xong: {titles}.",
            "Hãy ghi kết quả ở sổ theo dõi của lĩnh vực.",
        )


def _number_check(name: str) -> Check:
    return document_number_check(name, "Số văn bản")


def _past_check(name: str) -> Check:
    return past_day_check(name, rule="days")


def _order_check(name: str, earlier: str, words: str) -> Check:
    """Return the check that a day is not before another one, typed with it or recorded already."""

    def check(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
        before = data.get(earlier) or item.fields.get(earlier)
        if before and data[name] < before:
            yield Violation("days", f"{words} ({day_in_words(before)}).", "Hãy ghi lại ngày.")

    return check


def _check_not_oneself(item: Item, data: JsonObject, facts: Facts) -> Iterator[Violation]:
    """Yield a violation when whoever takes the step has the name of the person whom the entry is about."""
    if facts.actor and _same_name(facts.actor, item.fields["person"] or ""):
        yield Violation(
            "oneself",
            "Mục này ghi về người cùng họ tên với bạn: không ai tự quyết định cho mình.",
            "Hãy để người có thẩm quyền khác thực hiện.",
        )


def _same_name(name: str, other: str) -> bool:
    return name.casefold().split() == other.casefold().split()


_DECISION = (_number_check("decision_number"), _past_check("decision_date"))
_NOT_OWN = (_check_not_oneself, check_not_own_account)
_CHECKS: dict[tuple[str, str], tuple[Check, ...]] = {
    ("training", "open"): (check_course_plan,),
    ("training", "hold"): (
        _past_check("ended_on"),
        _order_check("ended_on", "begun_on", "Ngày bế giảng đứng trước ngày khai giảng"),
        check_course_days,
    ),
    ("training", "finish"): (check_certificates,),
    ("training", "cancel"): _DECISION,
    ("rotation", "open"): (_past_check("held_since"), check_no_open_rotation),
    ("rotation", "notify"): (
        _number_check("notice_number"),
        _past_check("notified_on"),
        check_notice,
        shortest_stay_check("due"),
    ),
    ("rotation", "rotate"): (
        _check_not_oneself,
        *_DECISION,
        _past_check("rotated_on"),
        _order_check("rotated_on", "decision_date", "Ngày nhận vị trí đứng trước ngày quyết định"),
        check_new_post,
        shortest_stay_check("rotated_on"),
    ),
    ("rotation", "exclude"): (_check_not_oneself, check_exclusion),
    ("rotation", "drop"): (_check_not_oneself,),
    ("evaluation", "open"): (check_new_evaluation,),
    ("evaluation", "score"): (*_NOT_OWN, check_staff_points, check_points),
    ("evaluation", "score_leader"): (*_NOT_OWN, check_leaders_points, check_points),
    ("evaluation", "fail"): (*_NOT_OWN, _number_check("conclusion"), check_case),
    ("evaluation", "schedule"): (check_due,),
    ("evaluation", "grade"): (
        *_NOT_OWN,
        *_DECISION,
        check_decision_year,
        check_grade,
        check_failing,
        check_parts_of_score,
        check_not_above_unit,
        check_share_of_best,
    ),
    ("evaluation", "revise"): _NOT_OWN,
    ("evaluation", "drop"): _NOT_OWN,
    ("unit_evaluation", "open"): (check_new_unit_evaluation,),
    ("unit_evaluation", "schedule"): (check_due,),
    ("unit_evaluation", "grade"): (*_DECISION, check_decision_year, check_unit_grade),
    ("discipline", "open"): (_past_check("found_on"),),
    ("discipline", "decide"): (
        _check_not_oneself,
        *_DECISION,
        _order_check("decision_date", "found_on", "Quyết định có trước ngày phát hiện"),
        check_form,
        check_case_deadline,
    ),
    ("discipline", "prolong"): (
        _check_not_oneself,
        _past_check("prolonged_on"),
        _order_check("prolonged_on", "found_on", "Ngày kéo dài đứng trước ngày phát hiện"),
        check_prolongation,
    ),
    ("discipline", "clear"): (
        _check_not_oneself,
        _past_check("cleared_on"),
        _order_check("cleared_on", "found_on", "Kết luận có trước ngày phát hiện"),
    ),
    ("discipline", "drop"): (_check_not_oneself,),
    ("task", "approve"): (_check_task,),
    ("task", "close"): (_check_task,),
}
