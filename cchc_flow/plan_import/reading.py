"""Reads a plan document: bytes, blocks, lines with roles, an outline, a proposal; or raises BadInput."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

import msgspec
from msgspec.structs import replace

from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput
from cchc_flow.hookspecs import Area
from cchc_flow.plan_import.document import Block, Paragraph, Table, number_blocks
from cchc_flow.plan_import.extraction.letterhead import day_of
from cchc_flow.plan_import.kinds import Identity, identify_document
from cchc_flow.plan_import.kinds.refusal import kind_remarks, refuse_other_kind, refuse_without_content
from cchc_flow.plan_import.plan import build_proposal
from cchc_flow.plan_import.proposal import Proposal, Remark
from cchc_flow.plan_import.readers import MEGABYTE, limit_for, reader_for
from cchc_flow.plan_import.review.ranking import make_remark, rank_remarks, short_list
from cchc_flow.plan_import.review.years import year_remarks
from cchc_flow.plan_import.roles.lines import document_lines
from cchc_flow.plan_import.roles.role import Role
from cchc_flow.plan_import.roles.tagging import tag
from cchc_flow.plan_import.roles.weights import Weights
from cchc_flow.plan_import.structure.cleaning import clean_blocks
from cchc_flow.plan_import.structure.document_parts import DocumentParts, split_document, unfold_layout_tables
from cchc_flow.plan_import.structure.outline import build_outline
from cchc_flow.plan_import.structure.tagged_lines import join_tags

MOST_PARAGRAPHS = 30_000
"""Rows of tables count as paragraphs: each is a line whose role is found."""
LONGEST_PARAGRAPH = 100_000
MOST_LETTERS = 2_000_000
"""Of the whole text, cells too: 500 full pages have 1.5 million; days and figures take 10 µs a letter."""
VIETNAMESE = re.compile(r"[\u1ea0-\u1ef9ăđĩũơưĂĐĨŨƠƯ]")
LATIN_1 = re.compile(r"[\u00a1-\u00ff]")
ENOUGH_TO_JUDGE = 40
NO_CORRECTIONS: Mapping[int, Role] = MappingProxyType({})


def read_plan(path: Path, areas: Sequence[Area]) -> Proposal:
    """Return the plan in a file that a reader knows; raise BadInput for any other, or one that holds no plan.

    `areas` are the reform areas to recognise: those of the plugins that the caller serves.
    """
    return read_plan_bytes(path.name, read_content(path), areas)


def read_plan_bytes(
    name: str,
    content: bytes,
    areas: Sequence[Area],
    *,
    before_is_exclusive: bool = True,
    corrections: Mapping[int, Role] = NO_CORRECTIONS,
    weights: Weights | None = None,
) -> Proposal:
    """Return the plan in the content of a file called `name`; raise BadInput if it holds no readable plan.

    `before_is_exclusive` is the setting that makes a task «trước ngày 25/01» due on the 24th. `corrections`
    are the roles that a person gave to lines, by their place; `weights` are what the roles of the others are
    found by, those that come with the program if None.
    """
    reader = reader_for(name)
    refuse_size(name, len(content))
    blocks = number_blocks(reader(content))
    refuse_unreadable(blocks)
    blocks = unfold_layout_tables(clean_blocks(blocks))
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    identity = identify_document(paragraphs)
    refuse_other_kind(identity, paragraphs)
    lines = document_lines(blocks)
    tags = tag(lines, areas, weights=weights, fixed=corrections)
    document = split_document(blocks, join_tags(lines, tags))
    proposal = build_proposal(
        document, build_outline(document.body), areas, before_is_exclusive=before_is_exclusive
    )
    refuse_without_content(identity, proposal)
    return finish_proposal(identity, document, proposal)


def as_json(proposal: Proposal) -> dict[str, Any]:
    """Return the proposal as plain values for JSON; every key is present, an absent value is null or [].

    `warnings` are all remarks, the weightiest first; `highlights` are the few to read, alike ones as one.
    """
    data = decode(msgspec.json.encode(proposal), dict[str, Any])
    warnings = [{name: remark[name] for name in ("ref", "message", "rank")} for remark in data["warnings"]]
    highlights = msgspec.to_builtins(short_list(proposal.warnings))
    return {"is_plan": True, **data, "warnings": warnings, "highlights": highlights}


def read_content(path: Path) -> bytes:
    """Return the bytes of a plan file; raise BadInput, without reading, if it is missing or too large."""
    try:
        if path.is_dir():
            raise BadInput(f"«{path.name or path}» là thư mục, không phải tệp kế hoạch.")
        if not path.is_file():
            raise BadInput(f"Không tìm thấy tệp «{path.name}».")
        reader_for(path.name)
        refuse_size(path.name, path.stat().st_size)
        with path.open("rb") as file:
            return file.read(limit_for(path.name) + 1)
    except (OSError, ValueError):
        raise BadInput(f"Không mở được tệp «{path.name}».") from None


def refuse_size(name: str, size: int) -> None:
    """Raise BadInput for an empty file, or one above the limit of its format."""
    if size == 0:
        raise BadInput("Tệp trống, không có gì để đọc.")
    if size > limit_for(name):
        limit = limit_for(name) // MEGABYTE
        raise BadInput(f"Tệp lớn hơn {limit} MB, quá lớn để là một kế hoạch; tệp không được đọc.")


def refuse_unreadable(blocks: Sequence[Block]) -> None:
    """Raise BadInput for a document without text, with too much of it, or in an old Vietnamese encoding."""
    texts = [block.text for block in blocks if isinstance(block, Paragraph)]
    if not blocks:
        raise BadInput("Tệp không có chữ nào để đọc (có thể là ảnh quét); hãy dùng bản có chữ.")
    refuse_too_much(blocks)
    if is_in_old_encoding(texts):
        raise BadInput(
            "Chữ trong tệp dùng bảng mã cũ (TCVN3, VNI) hoặc bị hỏng dấu;"
            " hãy chuyển sang Unicode rồi đưa lên lại."
        )


def refuse_too_much(blocks: Sequence[Block]) -> None:
    """Raise BadInput for a text that is longer, or of more paragraphs and rows, than any plan."""
    rows = [block.rows for block in blocks if isinstance(block, Table)]
    lengths = [len(block.text) for block in blocks if isinstance(block, Paragraph)]
    count = len(lengths) + sum(map(len, rows))
    if count > MOST_PARAGRAPHS or max(lengths, default=0) > LONGEST_PARAGRAPH:
        raise BadInput("Tệp có đoạn quá dài hoặc quá nhiều đoạn để là một kế hoạch; tệp không được đọc.")
    if sum(lengths) + sum(len(cell) for table in rows for row in table for cell in row) > MOST_LETTERS:
        raise BadInput("Tệp có quá nhiều chữ để là một kế hoạch; tệp không được đọc.")


def is_in_old_encoding(texts: Sequence[str]) -> bool:
    """Return whether the text has many Latin-1 letters where Vietnamese letters should be."""
    vietnamese = sum(len(VIETNAMESE.findall(text)) for text in texts)
    latin_1 = sum(len(LATIN_1.findall(text)) for text in texts)
    return latin_1 > ENOUGH_TO_JUDGE and vietnamese < latin_1 / 4


def scan_remarks(proposal: Proposal) -> Iterator[Remark]:
    """Yield a remark on a document whose words were recognised in pictures."""
    recognised = [line.legibility for line in proposal.passages if line.legibility is not None]
    if recognised:
        share = round(100 * sum(recognised) / len(recognised))
        yield make_remark(
            "recognised",
            "Văn bản",
            f"Văn bản là bản quét, đọc bằng OCR (độ chắc của chữ {share}%): dấu và số có thể sai, hãy so từng"
            " dòng với bản giấy.",
        )


def finish_proposal(identity: Identity, document: DocumentParts, proposal: Proposal) -> Proposal:
    """Return the proposal with what the document is, and its remarks ranked, alike ones as one."""
    remarks = (
        *scan_remarks(proposal),
        *kind_remarks(identity, proposal),
        *year_remarks(document),
        *proposal.warnings,
    )
    return replace(
        proposal,
        warnings=rank_remarks(remarks),
        kind_reasons=identity.reasons,
        day=day_of(document),
        carrier=identity.carrier.name if identity.carrier is not None else None,
    )
