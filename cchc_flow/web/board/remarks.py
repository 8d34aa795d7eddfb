"""What in a URL means nothing, or nothing any more: told in sentences, while the page opens all the same."""

from collections.abc import Collection, Mapping

from sqlite_utils import Database

from cchc_flow.projections import directory, plans, workflows
from cchc_flow.projections.cards.filters import NONE, Filters

SHOWN = 40


def remarks_on(
    db: Database, values: Mapping[str, str], filters: Filters, known: Collection[str]
) -> tuple[str, ...]:
    """Return a sentence for each parameter that is unknown, or whose value is no longer one to choose."""
    unknown = [name for name, value in values.items() if value and name not in known and name[:1] != "_"]
    told = [f"Địa chỉ có điều kiện lạ «{name[:SHOWN]}», không được tính đến." for name in unknown]
    return (*told, *filter(None, (_on_state(db, filters), _on_area(db, filters), *_on_holders(db, filters))))


def _on_state(db: Database, filters: Filters) -> str:
    """Return the sentence about a state that this kind does not have."""
    if not filters.state or (filters.kind, filters.state) in workflows.state_titles(db):
        return ""
    titles = ", ".join(state.title for state in workflows.newest_workflow(db, filters.kind).states)
    return f"Không có bước «{filters.state[:SHOWN]}». Các bước có: {titles}."


def _on_area(db: Database, filters: Filters) -> str:
    """Return the sentence about an area that the plan does not have."""
    if filters.area in (None, NONE) or any(
        area.code == filters.area for area in plans.areas(db, filters.plan)
    ):
        return ""
    return f"Kế hoạch đang xem không có lĩnh vực «{str(filters.area)[:SHOWN]}»."


def _on_holders(db: Database, filters: Filters) -> list[str]:
    """Return the sentences about a unit or person that does not exist, or works no more."""
    units = {unit.id: unit for unit in directory.units(db)} if filters.unit not in (None, NONE) else {}
    people = {one.id: one for one in directory.people(db)} if filters.officer not in (None, NONE) else {}
    sentences = []
    if units and filters.unit not in units:
        sentences.append(f"Không có đơn vị «{str(filters.unit)[:SHOWN]}» trong danh bạ.")
    elif units and not units[str(filters.unit)].active:
        sentences.append(f"Đơn vị «{units[str(filters.unit)].name}» đã giải thể: chỉ còn việc từ trước.")
    if people and filters.officer not in people:
        sentences.append(f"Không có người «{str(filters.officer)[:SHOWN]}» trong danh bạ.")
    elif people and not people[str(filters.officer)].active:
        sentences.append(f"«{people[str(filters.officer)].name}» đã khóa: chỉ còn việc từ trước.")
    return sentences
