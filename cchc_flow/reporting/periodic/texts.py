"""The sections of a report that people write: the coordinator's words, else those of the units."""

from collections.abc import Mapping, Sequence

from cchc_flow.documents.blocks import Block, Emphasis, Listing, Paragraph, Text
from cchc_flow.reporting.periodic.sentences import plain_words, typed_blocks
from cchc_flow.reporting.periodic.values import Passage, SectionText


class Texts:
    """The written words of one report, by section; each section that was asked for is remembered in order."""

    def __init__(
        self, coordinator: Mapping[str, Passage], units: Mapping[str, Sequence[Passage]] | None = None
    ) -> None:
        self._coordinator, self._units = coordinator, units or {}
        self._sections: dict[str, SectionText] = {}

    def section(self, key: str, title: str, computed: Sequence[Block] = ()) -> list[Block]:
        """Return a section's blocks: what was computed, then what was written for it."""
        text = SectionText(
            key=key,
            title=title,
            coordinator=self._coordinator.get(key),
            units=tuple(self._units.get(key, ())),
            computed=tuple(_sentences(computed)),
        )
        self._sections[key] = text
        return [*computed, *_written_blocks(text)]

    def has_words(self, key: str) -> bool:
        """Tell whether anybody wrote something for a section."""
        return key in self._coordinator or bool(self._units.get(key))

    def all(self) -> tuple[SectionText, ...]:
        """Return the sections in the order of the report."""
        return tuple(self._sections.values())


def _written_blocks(text: SectionText) -> list[Block]:
    if text.coordinator:
        return typed_blocks(text.coordinator.words)
    if not text.units:
        return []
    return [Listing(tuple(_attributed(passages, words) for words, passages in text.said))]


def _attributed(passages: Sequence[Passage], words: str) -> Text:
    """Return what units wrote in one entry after their names."""
    return Emphasis(f"{', '.join(passage.who for passage in passages)}: "), words


def _sentences(blocks: Sequence[Block]) -> list[str]:
    """Return the sentences of computed blocks, to be read beside the form of their section."""
    sentences: list[str] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            sentences.append(plain_words(block.text))
        elif isinstance(block, Listing):
            sentences += [plain_words(entry) for entry in block.entries]
    return sentences
