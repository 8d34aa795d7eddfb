"""A plugin whose figure changes with the law: what it was, is, and will be; another figure nobody checked."""

from datetime import date

from cchc_flow.hookspecs import Area, Edition, Figure, Rule, Violation, hookimpl
from cchc_flow.workflow.definition import Transition

OLD = Edition("7", "Luật Ban hành văn bản 2015", checked=True)
COMING = Edition("12", "Luật sửa đổi", date(2027, 1, 1), checked=False)
EFFECT = Figure(
    "effect",
    "Hiệu lực sớm nhất",
    "10",
    "ngày",
    "Luật 64/2025/QH15, Điều 53",
    "1",
    "45",
    whole=True,
    since=date(2026, 2, 1),
    checked=True,
    editions=(OLD, COMING),
)


class Documents:
    """Văn bản"""

    def __init__(self, *listed: Rule, on: date | None = None, effect: Figure = EFFECT) -> None:
        self.listed, self.on, self.effect = listed, on, effect

    @hookimpl
    def areas(self) -> list[Area]:
        return [Area("documents", "Văn bản", "VB", "#123456", ("van ban",))]

    @hookimpl
    def figures(self) -> list[Figure]:
        return [
            self.effect,
            Figure("post", "Hạn công bố", "3", "ngày", "chưa rõ", whole=True, checked=False),
            Figure("plain", "Như trình cắm cũ", "5", "ngày", "Nghị định 61"),
        ]

    @hookimpl
    def rules(self) -> list[Rule]:
        return list(self.listed)

    @hookimpl
    def check(self, step: Transition) -> list[Violation]:
        return [Violation("late", "Quá muộn.", "Hãy xem lại.", on=self.on)] if step.name == "start" else []
