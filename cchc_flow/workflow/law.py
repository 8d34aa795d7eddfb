"""Law with days: a value holds from a day on, and what was decided before keeps the value of its day."""

from collections.abc import Sequence
from datetime import date

import msgspec

from cchc_flow.workflow.events import FigureEdition, PluginFigure


class Edition(msgspec.Struct, frozen=True, repr_omit_defaults=True):
    """A value, a decimal string, with the day from which it holds (None: as long as anybody remembers).

    `source` names the act, its article and its day. `checked` tells whether somebody compared the value with
    the text of that act; None where nobody says so, as in plugins that are older than this question.
    """

    value: str
    source: str
    since: date | None = None
    checked: bool | None = None


def edition_on(editions: Sequence[Edition], day: date) -> Edition:
    """Return the edition that holds on a day: of those that have begun the newest, else the earliest of all.

    Of two from the same day, the later in the sequence counts.
    """
    in_order = sorted(editions, key=begin)
    begun = [edition for edition in in_order if begin(edition) <= day]
    return begun[-1] if begun else in_order[0]


def value_on(general: Sequence[Edition], own: Sequence[Edition], day: date) -> Edition:
    """Return what holds on a day: what the commune decided of its `own` by then, else the `general` law.

    An own edition stays in force when a newer general one begins: only the commune ends what it decided.
    """
    return edition_on([edition for edition in own if begin(edition) <= day] or general, day)


def begin(edition: Edition) -> date:
    """Return the day from which an edition holds, `date.min` where it has none."""
    return edition.since or date.min


def merge_editions(general: Sequence[Edition], own: Sequence[Edition]) -> tuple[Edition, ...]:
    """Return the editions that hold one after the other (see `value_on`), in the order of their days."""
    merged: list[Edition] = []
    for day in sorted({begin(edition) for edition in (*general, *own)}):
        edition = value_on(general, own, day)
        if not merged or merged[-1] != edition:
            merged.append(edition)
    return tuple(merged)


def changed_figures(
    before: Sequence[PluginFigure] | None, now: Sequence[PluginFigure] | None
) -> list[tuple[PluginFigure, list[FigureEdition]]]:
    """Return the figures of a plugin that a newer version brings with other values, each with what is new.

    A new wording of a source, or that somebody checked a value since, is no other value. Where one version
    did not record its figures, there is nothing to compare.
    """
    if before is None or now is None:
        return []
    known = {figure.key: _values_by_day(figure) for figure in before}
    changes = []
    for figure in now:
        values, old = _values_by_day(figure), known.get(figure.key, {})
        if values.keys() != old.keys():
            changes.append((figure, [values[each] for each in values if each not in old]))
    return changes


def _values_by_day(figure: PluginFigure) -> dict[tuple[str, str | None], FigureEdition]:
    """Return the editions of a figure by their values and days."""
    return {(edition.value, edition.since): edition for edition in figure.editions}
