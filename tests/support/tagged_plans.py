"""Plans whose lines carry their roles, to test what is built from roles without finding them."""

from support.plans import shipped_areas

from cchc_flow.plan_import.document import Block, Paragraph, number_blocks
from cchc_flow.plan_import.plan import build_proposal
from cchc_flow.plan_import.proposal import Proposal
from cchc_flow.plan_import.roles.lines import document_lines
from cchc_flow.plan_import.roles.role import Role, Tagged
from cchc_flow.plan_import.structure.document_parts import split_document
from cchc_flow.plan_import.structure.outline import build_outline
from cchc_flow.plan_import.structure.tagged_lines import join_tags

LETTERS: dict[str, Role] = {
    "L": "letterhead", "P": "title", "B": "legal_basis", "G": "goal", "T": "target", "A": "area",
    "W": "task", "@": "attribute", "U": "unit", "D": "duty", "F": "funding", "R": "reporting",
    "N": "recipients", "S": "signature", "H": "heading", "O": "other",
}  # fmt: skip
SECTIONS: dict[Role, Role] = {"area": "task", "attribute": "task", "unit": "duty"}


def read_tagged(text: str) -> Proposal:
    """Read a plan of lines «W text»: a letter for the role, or «H:W text» for a heading and its section."""
    blocks: list[Block] = []
    tags: list[Tagged] = []
    for line in filter(None, map(str.strip, text.splitlines())):
        code, _, content = line.partition(" ")
        letter, _, section = code.partition(":")
        role = LETTERS[letter]
        blocks.append(Paragraph(content))
        tags.append(Tagged(role, LETTERS[section] if section else SECTIONS.get(role, role)))
    numbered = number_blocks(blocks)
    document = split_document(numbered, join_tags(document_lines(numbered), tags))
    return build_proposal(document, build_outline(document.body), shipped_areas())
