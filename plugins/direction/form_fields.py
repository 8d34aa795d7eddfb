"""The fields that the forms of this area share."""

from cchc_flow.hookspecs import Field
from cchc_flow.plugin_kit import task_field

TASK = task_field("Nhiệm vụ này chỉ được duyệt khi việc ở đây đã xong")


def document_number_field(name: str, title: str) -> Field:
    """Return a field for the number and symbol of an official document, which must be filled in."""
    return Field(name, "line", title, required=True, hint="Cả số và ký hiệu, như 12/TB-UBND")
