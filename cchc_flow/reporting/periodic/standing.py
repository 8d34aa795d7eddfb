"""The sentences and the table of the four official counts."""

from collections.abc import Mapping, Sequence

import msgspec

from cchc_flow.documents.blocks import Block, Column, Number, Paragraph, Row, Table, Text
from cchc_flow.reporting.figures import Figure
from cchc_flow.reporting.periodic.material import CountedCard, Material, positions_of
from cchc_flow.reporting.periodic.sentences import fill, joined, padded, sentence
from cchc_flow.workflow.calendar import day_words
from cchc_flow.workflow.periods import Period
from cchc_flow.workflow.shares import format_number, percent

SIDES = ("total", "done_in_time", "done_late", "open_in_time", "open_late")
"""The official counts, in the order of their columns."""
TITLES = {
    "total": "tổng số",
    "done": "đã hoàn thành",
    "share": "tỷ lệ hoàn thành",
    "regular_done": "thường xuyên, đã hoàn thành",
    "dated_done": "có thời hạn, đã hoàn thành",
    "done_in_time": "hoàn thành đúng hạn",
    "done_late": "hoàn thành quá hạn",
    "open": "chưa hoàn thành",
    "open_in_time": "chưa hoàn thành, trong hạn",
    "open_late": "chưa hoàn thành, quá hạn",
    "not_started": "chưa triển khai, trong hạn",
    "unmet": "đã thực hiện nhưng chưa đạt yêu cầu",
    "given_up": "đã hủy hoặc được miễn",
}
"""What the figures count, for their titles and for the heads of columns."""
DONE = {
    "done": "hoàn thành",
    "done_in_time": "hoàn thành đúng hạn",
    "done_late": "hoàn thành quá hạn",
}
"""What is told of a period: its official counts of work that was done."""


class Tally:
    """The counts of some tasks or reports as numbers, each added to the figures when it is asked for."""

    def __init__(
        self, material: Material, key: str, of: str, cards: Sequence[CountedCard], unit: str = "nhiệm vụ"
    ) -> None:
        self._material, self._key, self._of, self._cards, self._unit = material, key, of, cards, unit

    def number(self, figure: str) -> Number:
        """Return the number of cards that count in a figure."""
        title = f"{self._of}: {TITLES[figure]}"
        return self._material.count(f"{self._key}.{figure}", title, self.of(figure), self._unit)

    def cell(self, figure: str) -> Number:
        """Return the same number as a table shows it, without a leading zero."""
        number = self.number(figure)
        return msgspec.structs.replace(number, words=format_number(len(self.of(figure))))

    def told(self, words: Mapping[str, str]) -> list[Text]:
        """Return the words of each figure that is not 0, with its number in the place of {}."""
        return [
            fill(phrase.replace("{}", "{number}"), number=self.number(figure))
            for figure, phrase in words.items()
            if self.of(figure)
        ]

    def of(self, figure: str) -> list[CountedCard]:
        """Return the cards that count in a figure; «open» are those not done, in time or late."""
        wanted = {"open_in_time", "open_late"} if figure == "open" else {figure}
        return [card for card in self._cards if card.figures & wanted]

    def share(self) -> Number:
        """Return how many percent of the cards are done."""
        done, total = len(self.of("done")), len(self.of("total"))
        return self._material.figures.add(
            Figure(
                key=f"{self._key}.share",
                title=f"{self._of}: {TITLES['share']}",
                value=percent(done, total),
                unit="%",
                positions=positions_of(self.of("total")),
            )
        )


def plan_tally(material: Material) -> Tally:
    """Return the counts of all tasks of the plan."""
    return Tally(material, "counts", "Nhiệm vụ của kế hoạch", material.tasks)


def overall(material: Material) -> list[Block]:
    """Return the sentences on how the whole plan stands, and the table by area."""
    tally = plan_tally(material)
    if not tally.of("all"):
        return [sentence("Kế hoạch chưa có nhiệm vụ nào được đưa vào theo dõi.")]
    if not tally.of("total"):
        words = "Cả {given_up} nhiệm vụ của kế hoạch đã hủy hoặc được miễn thực hiện."
        return [sentence(words, given_up=tally.number("given_up"))]
    return [
        *_plan_sentence(material, tally),
        *_sentences(material, tally),
        _within_period(material),
        _table(material),
    ]


def _plan_sentence(material: Material, tally: Tally) -> list[Block]:
    """Return how the tasks of the plan are counted where some are counted by unit or period."""
    total = tally.of("total")
    tasks = {part.card.parent or part.card.id for part in total}
    if len(tasks) == len(total):
        return []
    number = material.figures.add(
        Figure(
            key="counts.plan_tasks",
            title="Nhiệm vụ của kế hoạch, chưa chia theo đơn vị và kỳ",
            value=str(len(tasks)),
            unit="nhiệm vụ",
            positions=positions_of(total),
        ),
        padded(len(tasks)),
    )
    return [
        sentence(
            "Kế hoạch có {number} nhiệm vụ; nhiệm vụ giao cho nhiều đơn vị hoặc thực hiện theo kỳ được tính"
            " theo từng đơn vị, từng kỳ, tổng cộng {total} nhiệm vụ.",
            number=number,
            total=tally.cell("total"),
        )
    ]


def _sentences(material: Material, tally: Tally) -> list[Block]:
    """Return the sentences of the counts; what is none is not told of."""
    blocks: list[Block] = [_done_sentence(material, tally)]
    if tally.of("open"):
        blocks.append(_open_sentence(tally))
    if tally.of("given_up"):
        words = "Có {given_up} nhiệm vụ đã hủy hoặc được miễn thực hiện, không tính vào các số liệu trên."
        blocks.append(sentence(words, given_up=tally.number("given_up")))
    return blocks


def _done_sentence(material: Material, tally: Tally) -> Block:
    kinds = tally.told({"regular_done": "{} nhiệm vụ thường xuyên", "dated_done": "{} nhiệm vụ có thời hạn"})
    sides = tally.told(
        {"done_in_time": "{} nhiệm vụ hoàn thành đúng hạn", "done_late": "{} nhiệm vụ hoàn thành quá hạn"}
    )
    opening = fill(
        "Tính đến hết ngày {day}, đã hoàn thành {done}/{total} nhiệm vụ (đạt {share})",
        day=day_words(material.cutoff.day),
        done=tally.cell("done"),
        total=tally.cell("total"),
        share=tally.share(),
    )
    if not kinds:
        return Paragraph((*opening, "."))
    return Paragraph((*opening, ", gồm ", *joined(kinds, " và "), "; trong đó ", *joined(sides), "."))


def _open_sentence(tally: Tally) -> Block:
    waiting = tally.told({"not_started": " (trong đó {} nhiệm vụ chưa triển khai)"})
    in_time = [(*text, *joined(waiting)) for text in tally.told({"open_in_time": "{} nhiệm vụ trong hạn"})]
    late = tally.told({"open_late": "{} nhiệm vụ quá hạn"})
    unmet = tally.told({"unmet": "; {} nhiệm vụ đã thực hiện nhưng chưa đạt yêu cầu"})
    return Paragraph(("Chưa hoàn thành: ", *joined([*in_time, *late]), *joined(unmet), "."))


def _within_period(material: Material) -> Block:
    """Return the sentence on what was done within the days of the period."""
    begin, end = map(day_words, material.window)
    opening = f"Trong kỳ báo cáo (từ ngày {begin} đến ngày {end})"
    if not material.done_within():
        return sentence(f"{opening} chưa có nhiệm vụ nào hoàn thành.")
    sides = [
        fill(f"{{number}} nhiệm vụ {words}", number=done_number(material, figure))
        for figure, words in (("done_in_time", "đúng hạn"), ("done_late", "quá hạn"))
        if material.done_within(figure)
    ]
    told = fill(f"{opening} có {{number}} nhiệm vụ hoàn thành, trong đó ", number=done_number(material))
    return Paragraph((*told, *joined(sides), "."))


def done_number(material: Material, figure: str = "done", part: Period | None = None) -> Number:
    """Return how many tasks were done (in time, late) within the report's period, or a part of it."""
    name, words = (f"{part.name}.", part.words()) if part else ("", "kỳ báo cáo")
    tasks = material.done_within(figure, material.window_of(part) if part else None)
    return material.count(f"period.{name}{figure}", f"Nhiệm vụ {DONE[figure]} trong {words}", tasks)


def _table(material: Material) -> Table:
    """Return the counts of each area, and of all tasks in the last row."""
    rows = [
        Row((f"{area.code}. {area.title}", *_cells(Tally(material, f"counts.area.{area.code}", of, tasks))))
        for area in material.areas
        if (tasks := material.tasks_of_area(area.code))
        for of in [f"Nhiệm vụ lĩnh vực {area.title}"]
    ]
    if rest := material.tasks_of_area(None):
        tally = Tally(material, "counts.area.none", "Nhiệm vụ không thuộc lĩnh vực nào", rest)
        rows.append(Row(("Nhiệm vụ khác", *_cells(tally))))
    rows.append(Row(("Tổng cộng", *_cells(plan_tally(material)))))
    columns = (
        Column("Lĩnh vực", width=34),
        *(Column(TITLES[side].capitalize(), "number", 13) for side in SIDES),
    )
    return Table(columns, tuple(rows), "Kết quả thực hiện nhiệm vụ theo lĩnh vực")


def _cells(tally: Tally) -> list[Number]:
    """Return the official counts as cells."""
    return [tally.cell(figure) for figure in SIDES]


def area_sentence(material: Material, code: str, title: str) -> list[Block]:
    """Return the sentence on the tasks of an area of the plan; none for an area without tasks."""
    tally = Tally(material, f"counts.area.{code}", f"Nhiệm vụ lĩnh vực {title}", material.tasks_of_area(code))
    if not tally.of("total"):
        return []
    opening = fill(
        "Đã hoàn thành {done}/{total} nhiệm vụ của lĩnh vực (đạt {share})",
        done=tally.cell("done"),
        total=tally.cell("total"),
        share=tally.share(),
    )
    rest = tally.told({"open": "; còn {} nhiệm vụ chưa hoàn thành"})
    late = tally.told({"open_late": ", trong đó {} nhiệm vụ quá hạn"})
    return [Paragraph((*opening, *joined(rest), *joined(late), "."))]
