"""How the measures of a plan stand with what plugins count; kept while the log stands still."""

from collections.abc import Mapping, Sequence
from datetime import date

import msgspec

from cchc_flow.commands.target_streams import fact_source_of_plan
from cchc_flow.plugin_host.measures import compute_measures
from cchc_flow.projections.as_of import Cutoff
from cchc_flow.projections.memory import kept_while_still
from cchc_flow.reporting.targets import TargetRow, target_rows
from cchc_flow.workspace import Workspace


class JudgedTargets(msgspec.Struct, frozen=True):
    """The measures of a plan, and by plugin why one could not be counted."""

    rows: Sequence[TargetRow]
    faults: Mapping[str, str]


class _Incomplete(Exception):
    """Carries what is told once and not kept, since a plugin that failed may answer the next time."""

    def __init__(self, judged: JudgedTargets) -> None:
        super().__init__()
        self.judged = judged


def judge_targets(ws: Workspace, plan: str, day: date, cutoff: Cutoff | None = None) -> JudgedTargets:
    """Return how the measures of a plan stand on a day, as of a past moment (None: now)."""

    def judge() -> JudgedTargets:
        computed = compute_measures(fact_source_of_plan(ws, plan, cutoff))
        db = ws.read_as_of(cutoff) if cutoff else ws.read()
        judged = JudgedTargets(target_rows(db, plan, day, computed=computed.measures), computed.faults)
        if judged.faults:
            raise _Incomplete(judged)
        return judged

    try:
        kept: JudgedTargets = kept_while_still(ws.read(), (judge_targets, plan, day, cutoff), judge)
    except _Incomplete as incomplete:
        return incomplete.judged
    return kept
