"""Vietnamese clauses about the commune's reports and the numbers of its documents."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import day_phrase, join_clauses, join_words
from cchc_flow.audit.words import Names
from cchc_flow.errors import BadInput
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.commune_report import PARTS
from cchc_flow.workflow.numbering import document_number
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number


def _describe_edited(data: ev.ReportEdited, names: Names) -> str:
    section = PARTS.get(data.section, f"lĩnh vực {data.section}")
    deed = "đã sửa" if data.text else "đã bỏ lời soạn của"
    return f"{deed} mục «{section}» trong {_report(data)}"


def _describe_issued(data: ev.ReportIssued, names: Names) -> str:
    return join_clauses(
        f"đã ban hành {_report(data)}, số {document_number(data.number, data.symbol)} ngày"
        f" {day_phrase(data.day)}",
        f"{data.signer.name} ký" if data.signer.name else "",
        f"thay bản số {data.replaces:02d} đã thu hồi" if data.replaces is not None else "",
        f"số liệu đến sự kiện {format_number(data.cut_off.position)}, ngày {day_phrase(data.cut_off.day)}",
        f"{len(data.files)} tệp được niêm giữ",
        f"còn thiếu {len(data.lacking)} mục" if data.lacking else "",
    )


def _describe_sent(data: ev.ReportSent, names: Names) -> str:
    return f"đã ghi {_report(data)} gửi {join_words(data.to)} ngày {day_phrase(data.day)}"


def _describe_recalled(data: ev.ReportRecalled, names: Names) -> str:
    return f"đã thu hồi {_report(data)}, số {data.number:02d} năm {data.year} vẫn giữ, có nêu lý do"


def _describe_signed(data: ev.ReportSigned, names: Names) -> str:
    whose = "của cơ quan" if data.capacity == "agency" else "của người ký"
    return f"đã lưu chữ ký {whose} trên {_report(data)}, chứng thư: {data.signer}"


def _describe_numbered(data: ev.DocumentNumbered, names: Names) -> str:
    number = document_number(data.number, data.symbol)
    deed = "đã ghi số văn thư cấp" if data.given_by == "clerk" else "đã cấp số"
    document = f"{data.kind} «{data.subject}»" if data.kind else f"công văn «{data.subject}»"
    files = f"{len(data.files)} tệp được niêm giữ" if data.files else ""
    return join_clauses(f"{deed} {number} ngày {day_phrase(data.day)} cho {document}", files)


def _describe_document_recalled(data: ev.DocumentRecalled, names: Names) -> str:
    return f"đã thu hồi văn bản số {data.number:02d} năm {data.year}, số vẫn giữ, có nêu lý do"


def _report(data: Any) -> str:
    """Return the report that an event is about: báo cáo tháng 3/2026 của xã."""
    try:
        return f"báo cáo {parse(data.period).words()} của xã"
    except BadInput:
        return f"báo cáo kỳ {data.period} của xã"


DOCUMENT_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.ReportEdited: _describe_edited,
    ev.ReportIssued: _describe_issued,
    ev.ReportSent: _describe_sent,
    ev.ReportRecalled: _describe_recalled,
    ev.ReportSigned: _describe_signed,
    ev.DocumentNumbered: _describe_numbered,
    ev.DocumentRecalled: _describe_document_recalled,
}
