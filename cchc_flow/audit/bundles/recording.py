"""A bundle that is given out is an event of the log, which names its bytes."""

from hashlib import file_digest
from typing import IO

from cchc_flow.audit.bundles.create import Bundle
from cchc_flow.audit.bundles.scope import Scope
from cchc_flow.commands import Order
from cchc_flow.commands.exports import Export, record_export
from cchc_flow.workspace import Workspace

FORMAT = "bundle"


def record_bundle(ws: Workspace, order: Order, scope: Scope, bundle: Bundle, file: IO[bytes]) -> None:
    """Record that a bundle is taken out, before it is; raise NotAllowed for who may not read the log."""
    file.seek(0)
    positions = bundle.manifest.positions
    export = Export(
        format=FORMAT,
        view={scope.kind: scope.value} if scope.value else {},
        first=positions[0][0],
        last=positions[-1][1],
        count=bundle.manifest.count,
        withheld=bundle.manifest.withheld,
        digest=file_digest(file, "sha256").hexdigest(),  # type: ignore[arg-type]  # any binary file will do
    )
    record_export(ws, order, export)
    file.seek(0)
