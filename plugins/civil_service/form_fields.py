"""What the forms of several registers of the area ask for, and who reads and takes what in them."""

from cchc_flow.hookspecs import Field
from cchc_flow.plugin_kit import DECIDERS

JUDGES = (*DECIDERS, "inspector")
"""Who reads a case of discipline: while it is considered, it is not the business of its unit either."""
LEAD_OR_DECIDERS = ("lead_unit", *DECIDERS)
PERSON = Field("person", "line", "Họ và tên", required=True, hint="Của cán bộ, công chức, viên chức")
POST = Field("post", "line", "Chức vụ, vị trí việc làm", required=True)
