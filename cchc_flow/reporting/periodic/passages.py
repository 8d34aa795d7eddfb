"""What people wrote for the sections of a report, as of its cut-off."""

from cchc_flow.errors import NotFound
from cchc_flow.projections import directory, issued
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.values import Passage
from cchc_flow.workflow.events import Content
from cchc_flow.workspace import Workspace

ERASED = "(nội dung đã được xóa)"


def coordinator_passages(material: Material) -> dict[str, Passage]:
    """Return what the coordinator wrote, by section."""
    texts = issued.report_texts(material.db, material.plan.id, material.period.name, material.cutoff.position)
    names = {person.id: person.name for person in directory.people(material.db)}
    return {
        section: Passage(
            names.get(written.actor, written.actor), words_of(material.ws, written.text), written.position
        )
        for section, written in texts.items()
    }


def words_of(ws: Workspace, content: Content) -> str:
    """Return typed words from the vault; what was erased says so."""
    try:
        return ws.vault.load(content.digest).decode()
    except NotFound:
        return ERASED
