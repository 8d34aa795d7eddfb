"""The workflow of a plan's task, version 4. Published: never edited, a change is a new version.

Version 1, which some logs hold, knew no extensions, rest, parts, reminders and handing over; in version 2 the
head of the lead unit could not give the work to one of its people; in version 3 who gave out work could move
its due day or its supporting units only by giving it out anew, parts had no supporting units, and work in
review or at rest could not be handed over.
"""

from cchc_flow.workflow.common_steps import comment_step
from cchc_flow.workflow.definition import State, Workflow
from cchc_flow.workflow.giving import giving_steps
from cchc_flow.workflow.task_steps import deadlines, doing, following, giving_out, leaving, review, weighing

STATES = (
    State("planned", "Chưa giao"),
    State("assigned", "Đã giao"),
    State("in_progress", "Đang thực hiện"),
    State("distributed", "Đang thực hiện theo từng phần", column="in_progress"),
    State("submitted", "Chờ duyệt"),
    State("approved", "Đã duyệt"),
    State("closed", "Hoàn thành", final=True),
    State("suspended", "Tạm dừng", column=""),
    State("cancelled", "Đã hủy", column="", final=True),
    State("excused", "Được miễn", column="", final=True),
)
TRANSITIONS = (
    giving_out.ASSIGN,
    giving_out.DISTRIBUTE,
    doing.START,
    doing.DECLINE,
    *giving_steps(("assigned", "in_progress")),
    doing.REPORT_PROGRESS,
    doing.SUBMIT,
    doing.WITHDRAW,
    review.SEND_BACK,
    review.APPROVE,
    review.CLOSE,
    review.REOPEN,
    deadlines.ASK_EXTENSION,
    deadlines.GRANT_EXTENSION,
    deadlines.REFUSE_EXTENSION,
    deadlines.REMIND,
    deadlines.SET_DUE,
    giving_out.HAND_OVER,
    giving_out.CHANGE_SUPPORT,
    leaving.SUSPEND,
    leaving.RESUME,
    leaving.CANCEL,
    leaving.EXCUSE,
    weighing.WEIGH,
    following.FINISH_PARTS,
    following.REOPEN_PARTS,
    comment_step(STATES),
)

TASK = Workflow("task", 4, "Nhiệm vụ của kế hoạch", "planned", STATES, TRANSITIONS, "Nhiệm vụ")
