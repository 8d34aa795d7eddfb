"""The appendices of a report: targets, tasks, and the registers of the areas."""

from collections.abc import Iterator

from cchc_flow.documents.blocks import Appendix
from cchc_flow.reporting.periodic.areas import area_tables
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.office import office_table
from cchc_flow.reporting.periodic.sums import sum_blocks
from cchc_flow.reporting.periodic.targets import target_table
from cchc_flow.reporting.periodic.tasks import task_table


def all_appendices(material: Material) -> tuple[Appendix, ...]:
    """Return the appendices that have something to show."""
    return tuple(_appendices(material))


def _appendices(material: Material) -> Iterator[Appendix]:
    if material.targets:
        yield Appendix("Kết quả thực hiện chỉ tiêu", (target_table(material),), across=True)
    if sums := tuple(sum_blocks(material)):
        yield Appendix("Kết quả thực hiện nhiệm vụ theo kỳ", sums)
    if material.tasks:
        yield Appendix("Tiến độ thực hiện nhiệm vụ", (task_table(material),), across=True)
    if office := tuple(office_table(material)):
        yield Appendix("Văn bản, cuộc họp và báo cáo của các đơn vị", office, across=True)
    if tables := tuple(area_tables(material)):
        yield Appendix("Số liệu của các lĩnh vực", tables, across=True)
