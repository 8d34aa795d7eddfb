"""Vietnamese clauses about the samples of an inspection, as the rest of a sentence after who acted."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import moment_phrase
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.shares import format_number


def _describe_planned(data: ev.SamplePlanned, names: Names) -> str:
    size = sum(stratum.size for stratum in data.strata)
    return (
        f"đã lập cách chọn mẫu {size} trong {format_number(data.population)} mục,"
        f" tính đến sự kiện {format_number(data.position)}, độ tin cậy {_percent(data.confidence)},"
        f" tỷ lệ sai sót chấp nhận được {_percent(data.rate)}; mẫu theo"
        f" dấu niêm phong đầu tiên ghi từ {moment_phrase(data.after)} và bí mật đã cam kết"
    )


def _describe_drawn(data: ev.SampleDrawn, names: Names) -> str:
    return (
        f"đã rút mẫu {len(data.items)} mục theo cách đã lập,"
        f" với dấu niêm phong của {format_number(data.size)} sự kiện"
        f" (mã gốc {data.root})"
    )


def _percent(number: str) -> str:
    return f"{number.replace('.', ',')} %"


INSPECTION_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.SamplePlanned: _describe_planned,
    ev.SampleDrawn: _describe_drawn,
}
