"""What the forms of several steps of a task ask for."""

from cchc_flow.workflow.definition import Field

DECISION = Field("decision", "line", "Số, ngày quyết định", hint="Ví dụ: 15/QĐ-UBND ngày 03/4/2026")
EVIDENCE = Field("evidence", "files", "Minh chứng")
SUPPORT = Field("support", "units", "Đơn vị phối hợp")
