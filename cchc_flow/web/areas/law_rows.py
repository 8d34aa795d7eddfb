"""What an area's page says of law: each figure with its editions, and what changed or is coming."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise

import msgspec

from cchc_flow.hookspecs import Edition, Figure, Rule
from cchc_flow.plugin_host.figures import editions_of, own_editions
from cchc_flow.projections.rules import FigureChange
from cchc_flow.workflow.law import begin, edition_on


class EditionRow(msgspec.Struct, frozen=True):
    """An edition of a figure as the page shows it; `is_own` if the commune decided it."""

    edition: Edition
    is_own: bool


class FigureRow(msgspec.Struct, frozen=True):
    """A figure as it is in force, what it was before, newest first, and what it will be.

    `general` is the edition of the plugin where the commune's own goes before it.
    """

    figure: Figure
    now: EditionRow
    earlier: list[EditionRow]
    coming: list[EditionRow]
    general: Edition | None


class LawChange(msgspec.Struct, frozen=True):
    """From which day on the law is another one: a figure with the value before it, or a rule, by its words.

    `before` is None for what is new, `kept` the commune's own value that goes before new general law; `ends`
    if a rule holds no longer.
    """

    day: date
    words: str
    source: str
    checked: bool | None
    value: str | None = None
    before: str | None = None
    kept: str | None = None
    unit: str = ""
    is_own: bool = False
    ends: bool = False


def figure_rows(figures: Sequence[Figure], changes: Sequence[FigureChange], today: date) -> list[FigureRow]:
    """Return the figures of a plugin as they are on a day, with the changes that the commune made."""
    return [_figure_row(figure, changes, today) for figure in figures]


def _figure_row(figure: Figure, changes: Sequence[FigureChange], today: date) -> FigureRow:
    own, general = own_editions(figure.key, changes), edition_on(figure.all_editions(), today)
    rows = [EditionRow(edition, edition in own) for edition in editions_of(figure, changes)]
    now = next((row for row in reversed(rows) if begin(row.edition) <= today), rows[0])
    place = rows.index(now)
    return FigureRow(
        figure=figure,
        now=now,
        earlier=rows[:place][::-1],
        coming=rows[place + 1 :],
        general=general if now.is_own else None,
    )


def law_changes(rows: Sequence[FigureRow], rules: Sequence[Rule], since: date) -> list[LawChange]:
    """Return what became law, or will, from a day on, in the order of the days."""
    changes = (*_figure_changes(rows), *_rule_changes(rules))
    return sorted((change for change in changes if change.day >= since), key=lambda change: change.day)


def _figure_changes(rows: Sequence[FigureRow]) -> Iterator[LawChange]:
    for row in rows:
        in_force = [*reversed(row.earlier), row.now, *row.coming]
        own = [shown for shown in in_force if shown.is_own]
        general = [
            EditionRow(edition, is_own=False) for edition in sorted(row.figure.all_editions(), key=begin)
        ]
        for before, shown in pairwise([None, *general]):
            if shown and shown.edition.since:
                kept = [decided.edition for decided in own if begin(decided.edition) <= shown.edition.since]
                yield _figure_change(row.figure, before, shown, kept[-1].value if kept else None)
        for before, shown in pairwise([None, *in_force]):
            if shown and shown.is_own:
                yield _figure_change(row.figure, before, shown)


def _figure_change(
    figure: Figure, before: EditionRow | None, now: EditionRow, kept: str | None = None
) -> LawChange:
    return LawChange(
        day=begin(now.edition),
        words=figure.title,
        source=now.edition.source,
        checked=now.edition.checked,
        value=now.edition.value,
        before=before.edition.value if before else None,
        kept=kept,
        unit=figure.unit,
        is_own=now.is_own,
    )


def _rule_changes(rules: Sequence[Rule]) -> Iterator[LawChange]:
    for rule in rules:
        if rule.since is not None:
            yield LawChange(rule.since, rule.words, rule.source, rule.checked)
        if rule.until is not None:
            yield LawChange(rule.until, rule.words, rule.source, rule.checked, ends=True)
