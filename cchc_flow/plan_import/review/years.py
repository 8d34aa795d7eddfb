"""Says where a plan's year comes from if its title names none; a person decides."""

from collections.abc import Iterator

from cchc_flow.plan_import.extraction.plan_years import read_plan_year
from cchc_flow.plan_import.proposal import Remark
from cchc_flow.plan_import.review.ranking import make_remark
from cchc_flow.plan_import.structure.document_parts import DocumentParts


def year_remarks(document: DocumentParts) -> Iterator[Remark]:
    """Yield a remark on a year that was assumed, or that nothing names."""
    found = read_plan_year(document)
    if found.year is None:
        yield make_remark(
            "year", "Năm", "Không thấy năm của kế hoạch trong tên và phần mở đầu; cần người chọn."
        )
    elif found.assumed:
        yield make_remark("year", "Năm", f"Năm {found.year} là tạm hiểu: {found.assumed}.")
