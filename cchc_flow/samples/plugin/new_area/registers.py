"""The register of the area: a kind of item that has a workflow of its own, as data.

A definition that is in use is never edited: write the next version beside it. What an entry's events keep is
described in `events/`, with examples, by kind, version and step.
"""

from cchc_flow.hookspecs import Field, Workflow
from cchc_flow.plugin_kit import day_field, transition
from cchc_flow.workflow.definition import State

ENTRY = Workflow(
    kind="new_area_entry",
    version=1,
    title="Sổ new_area",
    initial="received",
    states=(
        State("received", "Đã tiếp nhận"),
        State("answered", "Đã trả lời", final=True),
    ),
    transitions=(
        transition(
            "answer",
            "Trả lời",
            "answers",
            day_field("answered_on", "Ngày trả lời"),
            Field("answer", "text", "Nội dung trả lời"),
            from_=("received",),
            to="answered",
            by=("lead_unit",),
        ),
    ),
    short="new_area",
    asks=(Field("about", "line", "Về việc", required=True),),
    openers=("coordinator", "officer"),
)
