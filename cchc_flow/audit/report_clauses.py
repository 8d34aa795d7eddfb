"""Vietnamese clauses about what a unit told in its report, and what was remarked on it."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import join_clauses, join_words, number_phrase
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev


def _describe_reported(data: ev.ItemReported, names: Names) -> str:
    told = [
        _tally_phrase(data.documents, "văn bản"),
        _tally_phrase(data.meetings, "cuộc họp"),
        f"{len(data.readings)} số liệu chỉ tiêu" if data.readings else "",
        f"thuyết minh {len(data.passages)} mục" if data.passages else "",
    ]
    phrases = [phrase for phrase in told if phrase]
    content = f": {join_words(phrases)}" if phrases else ""
    return join_clauses(
        "đã báo cáo không phát sinh trong kỳ" if data.nothing else f"đã ghi nội dung báo cáo{content}",
        f"sau hạn {data.late} ngày" if data.late else "",
    )


def _tally_phrase(tally: ev.Tally | None, noun: str) -> str:
    return f"{number_phrase(tally.count)} {noun}" if tally and tally.count else ""


def _describe_remarked(data: ev.ItemRemarked, names: Names) -> str:
    return f"đã nhận xét {len(data.remarks)} mục của báo cáo"


REPORT_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.ItemReported: _describe_reported,
    ev.ItemRemarked: _describe_remarked,
}
