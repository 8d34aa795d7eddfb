"""The features of each line for the weights: its own evidence, and that of the lines it stands with."""

from collections.abc import Iterator, Sequence

from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.roles.evidence import find_evidence, section_words
from cchc_flow.plan_import.roles.levels import find_levels
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.structure.nesting import LONGEST_HEADING

TALLEST = 3
MOST_CHILDREN = 12
BRIEF = 4
"""A heading of so few words says a section and nothing else: «NHIỆM VỤ», «KINH PHÍ THỰC HIỆN»."""
SHARED = frozenset(
    (
        "starts unit",
        "starts address",
        "starts duty verb",
        "starts work verb",
        "starts aim word",
        "names area",
        "label lead",
        "label support",
        "label when",
        "label product",
        "label content",
        "holds percent",
        "holds measure",
        "end ;",
        "end .",
        "end !",
        "holds duty verb within",
        "starts figure",
        "starts all units",
        "row",
        "holds must",
        "starts about",
    )
)
"""The evidence that tells something about the lines around as well."""
PLACES = (
    "starts recipients",
    "starts kind",
    "starts basis",
    "starts signing",
    "starts closing",
    "starts annex",
)


class Sheet:
    """The lines of a document with their levels and evidence, from which the features are made."""

    def __init__(self, lines: Sequence[Line], areas: Sequence[Area]) -> None:
        self.lines = lines
        self.levels = find_levels(lines)
        self.evidence = find_evidence(lines, areas)
        self.sets = [frozenset(evidence) for evidence in self.evidence]
        self.words = [section_words(evidence) for evidence in self.evidence]
        self.heads = [
            f"{words}{' area' * ('names area' in own)}" or "nothing"
            for words, own in zip(self.words, self.sets, strict=True)
        ]
        """What each line would say as a heading: the sections that its words name, and whether an area."""
        self.below = self._look_below()
        self.tops = self._find_tops()
        self.named = self._find_named()
        self.steps = tuple((self.relation(index), line.cells is not None) for index, line in enumerate(lines))
        """How each line stands to the one before it, and whether it is a table's row."""

    def relation(self, index: int) -> str:
        """Return how a line stands to the one before it: «first» for the first of all lines.

        At the top of the outline («top», «capitals»), below it («deeper»), beside it in a list («same»), back
        up from it («up»), beside a plain line («list»); a plain line itself is «plain» after a marked one,
        «plain plain» after a plain one.
        """
        if index == 0:
            return "first"
        level, before = self.levels[index], self.levels[index - 1]
        if not level.kind:
            return "plain" if before.kind else "plain plain"
        if level.kind == "capitals" or level.depth == 0:
            return "capitals" if level.kind == "capitals" else "top"
        if level.parent == index - 1:
            return "deeper"
        if level.sibling != index - 1:
            return "up"
        return "same" if before.kind else "list"

    def _look_below(self) -> list[tuple[str, ...]]:
        """Return what the children of each line show for the most part."""
        children: dict[int, list[int]] = {}
        for index, level in enumerate(self.levels):
            if level.parent >= 0 and len(children.setdefault(level.parent, [])) < MOST_CHILDREN:
                children[level.parent].append(index)
        return [tuple(self._majority(children.get(index, ()))) for index in range(len(self.lines))]

    def _majority(self, children: Sequence[int]) -> Iterator[str]:
        counts: dict[str, int] = {}
        for child in children:
            for name in self.sets[child] & SHARED:
                counts[name] = counts.get(name, 0) + 1
        for name in sorted(counts):
            share = counts[name] / len(children)
            if share >= 0.5:
                yield f"most {name}"
            elif name.startswith(("label", "names")) or share >= 0.25:
                yield f"some {name}"

    def _find_tops(self) -> list[int]:
        """Return the line at the top of the outline above each line, itself for a top line, -1 for none."""
        tops: list[int] = []
        for index, level in enumerate(self.levels):
            tops.append(
                index if level.parent < 0 and level.kind else tops[level.parent] if level.parent >= 0 else -1
            )
        return tops

    def _find_named(self) -> list[int]:
        """Return the nearest line above each in the outline whose words name a section, -1 for none."""
        named: list[int] = []
        for level in self.levels:
            parent = level.parent
            named.append(parent if parent < 0 or self.words[parent] else named[parent])
        return named


def find_features(sheet: Sheet) -> list[list[str]]:
    """Return the names of the features of each line."""
    zones = _zones(sheet)
    return [[*_own(sheet, index), *_around(sheet, index), *zones[index]] for index in range(len(sheet.lines))]


def _own(sheet: Sheet, index: int) -> Iterator[str]:
    level = sheet.levels[index]
    kind = level.kind or "plain"
    depth = min(level.depth, TALLEST)
    children = "parent" if level.children else "leaf"
    yield "any"
    yield f"kind {kind}"
    yield f"depth {depth} {children}"
    yield f"relation {sheet.relation(index)}"
    for name in sheet.evidence[index]:
        yield name
        if not name.startswith("word"):
            yield f"{name} {children}"
            if depth < TALLEST:
                yield f"{name} {depth}"
    yield from sheet.below[index]
    words = sheet.words[index]
    if words and len(sheet.lines[index].text) <= LONGEST_HEADING:
        yield f"says {words} {children} {depth}"
        if sheet.lines[index].text.count(" ") < BRIEF:
            yield f"says {words} briefly"
    if level.children and depth < TALLEST:
        beside = (
            sheet.heads[level.sibling] if level.sibling >= 0 and sheet.levels[level.sibling].kind else "-"
        )
        yield f"head {sheet.heads[index]} {depth}"
        yield f"head {sheet.heads[index]} beside {beside}"


def _around(sheet: Sheet, index: int) -> Iterator[str]:
    level = sheet.levels[index]
    if level.parent >= 0:
        yield f"parent {sheet.words[level.parent]}"
        yield from (
            f"parent {name}" for name in sheet.evidence[level.parent] if name in SHARED or name[:3] == "end"
        )
        yield from (f"parent {name}" for name in sheet.below[level.parent])
    if sheet.named[index] >= 0:
        yield f"under {sheet.words[sheet.named[index]]}"
        yield f"under {sheet.words[sheet.named[index]]} {'parent' if level.children else 'leaf'}"
    top = sheet.tops[index]
    if 0 <= top != index:
        children = "parent" if level.children else "leaf"
        yield f"top {sheet.words[top]}"
        yield f"top {sheet.words[top]} {min(level.depth, TALLEST)} {children}"
        yield from (f"top {name}" for name in sheet.below[top])
        for name in sheet.evidence[index]:
            if name in SHARED:
                yield f"top {sheet.words[top]} {name}"
    if level.sibling >= 0:
        yield from (f"sibling {name}" for name in sheet.evidence[level.sibling] if name in SHARED)
        if sheet.words[level.sibling]:
            yield f"sibling {sheet.words[level.sibling]}"
    for step, name in ((-1, "before"), (1, "after")):
        place = index + step
        if 0 <= place < len(sheet.lines):
            yield f"{name} kind {sheet.levels[place].kind or 'plain'}"
            yield from (f"{name} {item}" for item in sheet.evidence[place] if not item.startswith("word"))


def _zones(sheet: Sheet) -> list[list[str]]:
    """Return for each line what was seen above it: the title, the first mark, recipients, how far it is."""
    seen: set[str] = set()
    zones: list[list[str]] = []
    total = len(sheet.lines)
    sections = 0
    for index, evidence in enumerate(sheet.sets):
        level = sheet.levels[index]
        if "starts kind" in evidence and "capitals" in evidence and not level.parent >= 0:
            seen = {"starts kind"}
            sections = 0
        place = ",".join(sorted(name[7:] for name in seen))
        is_top = (
            level.depth == 0
            and level.kind in ("roman", "A", "part", "1", "capitals")
            and "starts kind" in seen
        )
        sections += is_top
        zone = [f"seen {place}", f"fifth {5 * index // total}"]
        if is_top:
            zone.append(f"section {min(sections, 6)}")
        if sheet.tops[index] >= 0:
            zone.append("in body" if sections else "before body")
        zones.append(zone)
        seen.update(name for name in PLACES if name in evidence and not level.kind)
        if level.kind and level.kind not in ("capitals", "article"):
            seen.add("starts marks")
        if is_top:
            seen.add("starts sections")
    return zones
