"""A document's lines with their roles: what its parts, its outline and the proposal are made from."""

from collections.abc import Sequence

import msgspec

from cchc_flow.plan_import.document import Paragraph
from cchc_flow.plan_import.roles.lines import Line
from cchc_flow.plan_import.roles.role import Role, Tagged

STRUCTURE: frozenset[Role] = frozenset(("heading", "area", "unit"))
ITEMS: frozenset[Role] = frozenset(("goal", "target", "task", "duty", "funding", "reporting"))
BODY: frozenset[Role] = STRUCTURE | ITEMS | {"attribute"}
OPENING: frozenset[Role] = frozenset(("letterhead", "title", "legal_basis"))
ENDING: frozenset[Role] = frozenset(("recipients", "signature"))


class TaggedLine(msgspec.Struct, frozen=True):
    """A line, its role and its index in the document, from 0."""

    index: int
    line: Line
    tag: Tagged

    @property
    def role(self) -> Role:
        return self.tag.role

    @property
    def text(self) -> str:
        return self.line.text

    @property
    def is_row(self) -> bool:
        """Whether it is a row of a table."""
        return self.line.cells is not None

    @property
    def paragraph(self) -> Paragraph:
        """The paragraph as the cleaning left it, its mark included; of a row, its text."""
        return self.line.paragraph or Paragraph(self.line.text, place=self.line.place, page=self.line.page)


def join_tags(lines: Sequence[Line], tags: Sequence[Tagged]) -> tuple[TaggedLine, ...]:
    """Return each line with its tag."""
    return tuple(
        TaggedLine(index, line, tag) for index, (line, tag) in enumerate(zip(lines, tags, strict=True))
    )
