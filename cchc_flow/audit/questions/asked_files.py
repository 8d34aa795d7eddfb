"""Records that the hits of a question were taken out as a table."""

from hashlib import sha256

from cchc_flow.audit.questions.answering import Answer
from cchc_flow.audit.questions.catalogue import Offered
from cchc_flow.audit.questions.parsing import SINCE, UNIT, UNTIL, Asked
from cchc_flow.commands import Order
from cchc_flow.commands.exports import Export, record_export
from cchc_flow.workspace import Workspace


def record_table(
    ws: Workspace, order: Order, form: str, offered: Offered, asked: Asked, answer: Answer, content: bytes
) -> None:
    """Record a table of hits in the log; raise NotAllowed for who may not read the whole log."""
    scope = asked.scope
    common = {
        SINCE: scope.since.isoformat() if scope.since else "",
        UNTIL: scope.until.isoformat() if scope.until else "",
        UNIT: scope.unit or "",
    }
    given = {key: str(value) for key, value in asked.given.items()}
    view = {"question": offered.name, **given, **{key: value for key, value in common.items() if value}}
    positions = [hit.position for hit in answer.hits]
    export = Export(
        format=form,
        view=view,
        first=min(positions, default=None),
        last=max(positions, default=None),
        count=len(positions),
        withheld=0,
        digest=sha256(content).hexdigest(),
    )
    record_export(ws, order, export)
