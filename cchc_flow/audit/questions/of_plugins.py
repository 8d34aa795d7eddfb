"""Questions of plugins: asked in bounded time and over everything; what may not be read is left out later."""

from collections.abc import Iterator, Sequence

import msgspec

from cchc_flow.audit.questions.asking import Asking
from cchc_flow.plugin_host.facts import call_drawing_hook
from cchc_flow.projections.cards import items
from cchc_flow.projections.signs.rows import Key, Sign
from cchc_flow.question_values import Hit, Question
from cchc_flow.workflow.calendar import day_of

MOST_HITS = 10_000
"""So many hits of a plugin are looked at; the others are told as missing."""


class ListShelf(msgspec.Struct, frozen=True):
    """Hits that are all at hand, in order."""

    signs: tuple[Sign, ...] = ()

    def first(self, after: Key | None, limit: int) -> Sequence[Sign]:
        """Return the first hits after a key."""
        return [sign for sign in self.signs if after is None or sign.key < after][:limit]

    def count(self, most: int) -> int:
        """Return how many hits there are, at most so many."""
        return min(len(self.signs), most)


def plugin_shelf(asking: Asking, plugin: str, question: Question) -> ListShelf:
    """Return the hits of a plugin's question; what it could not answer is a remark."""
    source = asking.ws.fact_source()
    hits: list[Hit] = []
    given = {"question": question.key, "given": dict(asking.given)}
    for result in call_drawing_hook(source, "answer", frozenset({plugin}), **given):
        if result.fault:
            title = asking.ws.plugins.about[plugin].title
            asking.remarks.append(f"Lĩnh vực «{title}» không trả lời được câu hỏi này: {result.fault}.")
        hits += result.value or ()
    if len(hits) > MOST_HITS:
        asking.remarks.append(f"Lĩnh vực nêu hơn {MOST_HITS} trường hợp: chỉ xem được chừng đó.")
    return ListShelf(tuple(_signs(asking, hits[:MOST_HITS])))


def _signs(asking: Asking, hits: Sequence[Hit]) -> Iterator[Sign]:
    """Yield the hits of known items within the scope as signs, each with a rank of its own."""
    found = [(hit, item) for hit in hits for item in [items.find_item(asking.db, _first(hit))] if item]
    found.sort(key=lambda pair: (pair[0].rank, pair[1].last.time, pair[1].id, pair[0].words), reverse=True)
    for number, (hit, item) in enumerate(found):
        day = hit.on or day_of(item.last.time)
        scope = asking.scope
        if (
            (scope.since and day < scope.since)
            or (scope.until and day > scope.until)
            or scope.unit not in (None, item.lead)
        ):
            continue
        at = items.newest_position(asking.db, item.id)
        yield Sign(
            name="",
            rank=len(found) - number,
            position=at,
            day=day.isoformat(),
            unit=item.lead,
            actor="",
            time=item.last.time,
            items=hit.items,
            behind=tuple(sorted({items.newest_position(asking.db, one) for one in hit.items} - {0})),
            data={"words": hit.words},
        )


def _first(hit: Hit) -> str:
    return hit.items[0] if hit.items else ""
