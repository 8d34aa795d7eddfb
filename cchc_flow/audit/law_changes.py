"""What a new version of a plugin changed of the law, and which values of the commune stay all the same."""

from sqlite_utils import Database

from cchc_flow.audit.phrases import number_phrase
from cchc_flow.audit.plugin_clauses import figure_change_phrases
from cchc_flow.conversion import convert
from cchc_flow.eventlog.port import RecordedEvent
from cchc_flow.plugin_host.figures import own_editions
from cchc_flow.projections import rules
from cchc_flow.workflow.calendar import day_of
from cchc_flow.workflow.events import PluginLoaded
from cchc_flow.workflow.law import changed_figures, edition_on
from cchc_flow.workflow.upcast import upcast_event


def law_texts(db: Database, event: RecordedEvent) -> tuple[tuple[str, str], ...]:
    """Return what the loading of a plugin changed, and which values of the commune stay, as (title, text)."""
    now = convert(upcast_event(event.type, event.data)[1], PluginLoaded)
    before, _ = rules.state_before(db, now.plugin, event.position)
    if before is None:
        return ()
    kept = "; ".join(_kept_values(db, event, before, now))
    texts = [("Quy định mới", "; ".join(figure_change_phrases(before, now)))]
    return (*texts, ("Mức riêng của xã vẫn giữ", kept)) if kept else tuple(texts)


def _kept_values(db: Database, event: RecordedEvent, before: PluginLoaded, now: PluginLoaded) -> list[str]:
    """Return the commune's own values of the changed figures on the day of the event, in words."""
    changes, day, words = rules.figure_changes(db, now.plugin, event.position), day_of(event.recordedtime), []
    for figure, _ in changed_figures(before.figures, now.figures):
        if own := own_editions(figure.key, changes):
            value = number_phrase(edition_on(own, day).value)
            words.append(f"«{figure.title}» {value} {figure.unit}")
    return words
