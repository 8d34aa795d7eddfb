"""Where the plan in force states other report days than the setting has."""

from datetime import date

from sqlite_utils import Database

from cchc_flow.projections import plans, settings
from cchc_flow.workflow.plan_deadlines import Difference, differences


def differences_in_force(
    db: Database, plan_id: str | None, today: date, *, at: int | None = None
) -> tuple[Difference, ...]:
    """Return where a plan and the setting differ; none for a plan that is not the one of the day's work.

    The setting has no years: what an older plan stated is no fault of today's days.
    """
    plan = plans.plan_of_day(db, today)
    if plan is None or plan.id != plan_id:
        return ()
    return differences(plans.deadlines(db, plan.id), settings.effective_settings(db, at))
