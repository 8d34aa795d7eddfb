"""Finds tables by the rules that are drawn around their cells."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from cchc_flow.plan_import.readers.pdf.cells import cell_text
from cchc_flow.plan_import.readers.pdf.page import Grid, Page, Rule, Word

NEAR, TOUCH = 2.5, 4.0
"""In points: rules this near are one; ends this near to a rule touch it."""
WIDEST_PADDING = 8.0
MOST_RULES, MOST_CELLS = 600, 20_000
Place = tuple[int, int]


def find_grids(page: Page) -> tuple[list[Grid], list[Word]]:
    """Return the tables of a page from its top to its bottom, and the words that stand in none."""
    across, upright = merge_rules(page.across), merge_rules(page.upright)
    if not across or len(upright) < 2 or len(across) + len(upright) > MOST_RULES:
        return [], page.words
    words = page.words
    grids: list[Grid] = []
    for lying, standing in connected(across, upright):
        grid, words = read_grid(lying, standing, words, page)
        grids.extend(grid)
    return sorted(grids, key=lambda found: -found.top), words


def merge_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Return the rules with those that lie upon or behind each other made one."""
    merged: list[Rule] = []
    for group in near_groups(sorted(rules, key=lambda rule: rule.at)):
        at = sum(rule.at for rule in group) / len(group)
        ordered = sorted(group, key=lambda rule: rule.start)
        start, end = ordered[0].start, ordered[0].end
        for rule in ordered[1:]:
            if rule.start > end + TOUCH:
                merged.append(Rule(at, start, end))
                start, end = rule.start, rule.end
            end = max(end, rule.end)
        merged.append(Rule(at, start, end))
    return merged


def near_groups(rules: Sequence[Rule]) -> list[list[Rule]]:
    """Return sorted rules in groups that lie near each other."""
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.at - groups[-1][0].at <= NEAR:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def connected(across: Sequence[Rule], upright: Sequence[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Return the rules in groups that meet each other: at least two that lie and two that stand.

    Of a row that a page's end breaks, the edge there may not be drawn: one that lies is enough for three.
    """
    group_of = list(range(len(across) + len(upright)))

    def root(index: int) -> int:
        while group_of[index] != index:
            group_of[index] = group_of[group_of[index]]
            index = group_of[index]
        return index

    for row, lying in enumerate(across):
        for column, standing in enumerate(upright):
            if meet(lying, standing):
                group_of[root(len(across) + column)] = root(row)
    groups: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for index, rule in enumerate((*across, *upright)):
        groups.setdefault(root(index), ([], []))[index >= len(across)].append(rule)
    return [group for group in groups.values() if len(group[1]) >= (2 if len(group[0]) > 1 else 3)]


def meet(lying: Rule, standing: Rule) -> bool:
    """Return whether two rules cross or touch."""
    return (
        lying.start - TOUCH <= standing.at <= lying.end + TOUCH
        and standing.start - TOUCH <= lying.at <= standing.end + TOUCH
    )


def read_grid(
    across: list[Rule], upright: list[Rule], words: list[Word], page: Page
) -> tuple[list[Grid], list[Word]]:
    """Return the table that some rules draw, if they do, and the words outside of it."""
    columns = edges([rule.at for rule in upright], across)
    rows = edges([rule.at for rule in across], upright)[::-1]
    if (len(columns) - 1) * (len(rows) - 1) > MOST_CELLS:
        return [], words
    inside: dict[Place, list[Word]] = {}
    outside: list[Word] = []
    cells = merge_cells(columns, rows, across, upright)
    if len(set(cells.values())) < 2:
        return [], words
    for word in page.aside:
        if (place := find_place(word, columns, rows)) is not None:
            inside.setdefault(cells[place], []).append(word)
    for word in words:
        place = find_place(word, columns, rows)
        if place is None:
            outside.append(word)
        else:
            inside.setdefault(cells[place], []).append(word)
    if not inside:
        return [], words
    widths = cell_widths(cells, columns)
    padding = find_padding(inside, columns)
    texts = {root: cell_text(found, widths[root] - 2 * padding) for root, found in inside.items()}
    table = tuple(
        tuple(texts.get(cells[row, column], "") for column in range(len(columns) - 1))
        for row in range(len(rows) - 1)
    )
    filled = tuple(row for row in table if any(row))
    return [Grid(filled, tuple(columns[:-1]), rows[0], rows[-1], page.number)], outside


def edges(places: list[float], others: Iterable[Rule]) -> list[float]:
    """Return the edges of columns or rows in order; where the outermost are not drawn, others end there."""
    found = list(places)
    for rule in others:
        found += [rule.start, rule.end]
    ordered = sorted(places)
    first, last = min(found), max(found)
    if first < ordered[0] - 2 * TOUCH:
        ordered.insert(0, first)
    if last > ordered[-1] + 2 * TOUCH:
        ordered.append(last)
    apart = [ordered[0]]
    for place in ordered[1:]:
        if place - apart[-1] > NEAR:
            apart.append(place)
    return apart


def merge_cells(
    columns: Sequence[float], rows: Sequence[float], across: Sequence[Rule], upright: Sequence[Rule]
) -> dict[Place, Place]:
    """Return for each place of the grid the first place of its cell: no rule stands between the two."""
    cells: dict[Place, Place] = {}
    for row, (top, bottom) in enumerate(pairwise(rows)):
        for column, (left, right) in enumerate(pairwise(columns)):
            cell = (row, column)
            if column and not is_drawn(upright, left, (top + bottom) / 2):
                cell = cells[row, column - 1]
            if row and not is_drawn(across, top, (left + right) / 2):
                above = cells[row - 1, column]
                if cell != (row, column) and cell != above:
                    rename(cells, cell, above)
                cell = above
            cells[row, column] = cell
    return cells


def rename(cells: dict[Place, Place], old: Place, new: Place) -> None:
    """Make two cells one."""
    for place, cell in cells.items():
        if cell == old:
            cells[place] = new


def is_drawn(rules: Iterable[Rule], at: float, middle: float) -> bool:
    """Return whether a rule lies at an edge and passes its middle."""
    return any(abs(rule.at - at) <= NEAR and rule.start <= middle <= rule.end for rule in rules)


def find_place(word: Word, columns: Sequence[float], rows: Sequence[float]) -> Place | None:
    """Return the row and column that a word stands in; None outside of the grid."""
    x, y = (word.left + word.right) / 2, word.y + word.size * 0.3
    if not (columns[0] <= x <= columns[-1] and rows[-1] <= y <= rows[0]):
        return None
    column = sum(edge <= x for edge in columns[1:-1])
    row = sum(edge >= y for edge in rows[1:-1])
    return row, column


def find_padding(inside: dict[Place, list[Word]], columns: Sequence[float]) -> float:
    """Return how far text stands from the edges of its cells, in points."""
    gaps = [word.left - columns[column] for (_, column), words in inside.items() for word in words]
    return min(max(min(gaps), 0.0), WIDEST_PADDING)


def cell_widths(cells: dict[Place, Place], columns: Sequence[float]) -> dict[Place, float]:
    """Return the width of each cell in points, by its first place."""
    reach: dict[Place, tuple[int, int]] = {}
    for (_, column), root in cells.items():
        first, last = reach.get(root, (column, column))
        reach[root] = (min(first, column), max(last, column))
    return {root: columns[last + 1] - columns[first] for root, (first, last) in reach.items()}
