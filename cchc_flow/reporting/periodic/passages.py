"""What people wrote for the sections of a report, as of its cut-off."""

from cchc_flow.projections import issued
from cchc_flow.reporting.periodic.material import Material
from cchc_flow.reporting.periodic.values import Passage
from cchc_flow.workflow import report_outline
from cchc_flow.workflow.commune_report import LIMITS, PROPOSALS, RESULTS
from cchc_flow.workflow.events import Content
from cchc_flow.workspace import Workspace

SECTIONS_OF_UNITS = {report_outline.DIFFICULTIES: LIMITS, report_outline.PROPOSALS: PROPOSALS}
"""Where in the commune's report stands what units write after their areas."""


def coordinator_passages(material: Material) -> dict[str, Passage]:
    """Return what the coordinator wrote, by section; words that were erased are not there."""
    texts = issued.report_texts(material.db, material.plan.id, material.period.name)
    return {
        section: Passage(material.name_of(written.actor), words, written.position)
        for section, written in texts.items()
        if (words := words_of(material.ws, written.text)) is not None
    }


def unit_passages(material: Material) -> dict[str, list[Passage]]:
    """Return what the units wrote in their accepted reports, by section of the commune's report.

    The summary that was handed in with a report is told among the results.
    """
    sections: dict[str, list[Passage]] = {}
    for report in material.unit_contents:
        if not report.is_accepted or report.position is None:
            continue
        written = dict(report.content.passages) if report.content else {}
        if report.summary:
            written[RESULTS] = report.summary
        name = material.unit_names.get(report.unit, report.unit)
        for key, content in written.items():
            if words := words_of(material.ws, content):
                passage = Passage(name, words, report.position)
                sections.setdefault(SECTIONS_OF_UNITS.get(key, key), []).append(passage)
    return sections


def words_of(ws: Workspace, content: Content) -> str | None:
    """Return typed words from the vault, None if they were erased."""
    return ws.vault.load(content.digest).decode() if ws.vault.has(content.digest) else None
