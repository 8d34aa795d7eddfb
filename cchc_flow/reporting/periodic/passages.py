"""What people wrote for the sections of a report, as of its cut-off."""

from cchc_flow.projections import issued
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.values import Passage
from cchc_flow.workflow.events import Content
from cchc_flow.workspace import Workspace


def coordinator_passages(material: Material) -> dict[str, Passage]:
    """Return what the coordinator wrote, by section; words that were erased are not there."""
    texts = issued.report_texts(material.db, material.plan.id, material.period.name)
    return {
        section: Passage(material.name_of(written.actor), words, written.position)
        for section, written in texts.items()
        if (words := words_of(material.ws, written.text)) is not None
    }


def words_of(ws: Workspace, content: Content) -> str | None:
    """Return typed words from the vault, None if they were erased."""
    return ws.vault.load(content.digest).decode() if ws.vault.has(content.digest) else None
