"""The measures of the area: what its targets have come to, counted from the entries of its registers."""

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, Measure, share
from cchc_flow.workflow.shares import format_number, format_quantity, percent

from .registers import FIGURES, INITIATIVE, INSPECTION, PARTS, READING, SURVEYS
from .talks import DIALOGUE, PETITION


def measures_of(facts: Facts, year: str) -> list[Measure]:
    """Return the measures of a year, in the order of the plan's targets."""
    return [
        _inspections(facts, year),
        _initiatives(facts, year),
        _cut(facts, year, "documents", "văn bản", "Mức giảm văn bản hành chính so với cùng kỳ năm trước"),
        _cut(facts, year, "meetings", "cuộc", "Mức giảm cuộc họp, hội nghị so với cùng kỳ năm trước"),
        *(_survey(facts, year, key, title) for key, title in SURVEYS),
        _rank(facts, year),
        _self_assessed(facts, year),
        _dialogues(facts, year),
        _petitions(facts, year),
    ]


def year_of(facts: Facts) -> str:
    """Return the year that is counted: that of the newest plan, or of today while there is none."""
    return facts.plan or str(facts.today.year)


def inspected(facts: Facts, year: str) -> dict[str, Item]:
    """Return the units that are there and whose inspection in a year was concluded, each with its last."""
    found = sorted(_held_in(facts, INSPECTION, year), key=lambda one: one.fields["held_on"] or "")
    concluded = {one.fields["inspected"] or "": one for one in found if one.state == "concluded"}
    return {unit: one for unit, one in concluded.items() if unit in facts.units}


def initiatives(facts: Facts, year: str, state: str) -> dict[str, Item]:
    """Return the units that are there and have an initiative in a state, each with one of them."""
    found = [one for one in facts.items(INITIATIVE) if (one.plan or year) == year and one.state == state]
    return {one.lead: one for one in found if one.lead and one.lead in facts.units}


def reported(facts: Facts, year: str) -> list[Item]:
    """Return the figures of documents and meetings that were reported for a year."""
    return [one for one in facts.items(FIGURES) if one.state == "reported" and _is_of(one, year)]


def cut(entries: Sequence[Item], name: str) -> tuple[int, int, str | None]:
    """Return how many there are, how many there were, and by how many percent they became fewer."""
    now = sum(int(one.fields[name] or 0) for one in entries)
    before = sum(int(one.fields[f"{name}_before"] or 0) for one in entries)
    return now, before, percent(before - now, before)


def dialogues(facts: Facts, year: str) -> list[Item]:
    """Return the dialogues that were held in a year."""
    return [one for one in _held_in(facts, DIALOGUE, year) if one.state in ("held", "closed")]


def petitions(facts: Facts, year: str) -> list[Item]:
    """Return the petitions that the dialogues of a year raised and that have to be handled."""
    return [one for dialogue in dialogues(facts, year) for one in petitions_of(dialogue, facts)]


def petitions_of(dialogue: Item, facts: Facts) -> list[Item]:
    """Return the petitions of a dialogue that have to be handled, as they are numbered."""
    found = [one for one in facts.items(PETITION, dialogue=dialogue.id) if one.state != "dropped"]
    return sorted(found, key=lambda one: int(one.fields["number"] or 0))


def goal_words(value: str | None, goal: Decimal, unit: str) -> str:
    """Return what is wanted at least and whether it is reached."""
    wanted = f"Mục tiêu: tối thiểu {format_quantity(goal, unit)}"
    if value is None:
        return f"{wanted}."
    return f"{wanted}, {'đã đạt' if Decimal(value) >= goal else 'chưa đạt'}."


def newest_reading(facts: Facts, year: str, subject: str) -> Item | None:
    """Return the reading of a year that was published last."""
    known = facts.items(READING, subject=subject)
    found = [one for one in known if one.state == "published" and _is_of(one, year)]
    return max(found, key=lambda one: (one.fields["published_on"] or "", one.id), default=None)


def _is_of(entry: Item, year: str) -> bool:
    return (entry.fields["period"] or "").startswith(year)


def _held_in(facts: Facts, kind: str, year: str) -> Iterator[Item]:
    return (one for one in facts.items(kind) if (one.fields.get("held_on") or "").startswith(f"{year}-"))


def _inspections(facts: Facts, year: str) -> Measure:
    found, of = inspected(facts, year), len(facts.units)
    value = percent(len(found), of)
    goal = goal_words(value, facts.figure("inspected_share"), "%")
    return Measure(
        key="inspected",
        title="Tỷ lệ đơn vị được kiểm tra CCHC (chỉ tiêu 1)",
        unit="%",
        value=value,
        count=len(found),
        of=of,
        items=_ids(found.values()),
        note=f"{goal} Mỗi đơn vị tính một lần, khi đã kết luận.",
    )


def _initiatives(facts: Facts, year: str) -> Measure:
    found, of = initiatives(facts, year, "recognised"), len(facts.units)
    waiting = initiatives(facts, year, "proposed").keys() - found.keys()
    value = percent(len(found), of)
    more = f" Thêm {len(waiting)} đơn vị chờ công nhận." if waiting else ""
    return Measure(
        key="initiatives",
        title="Tỷ lệ đơn vị có sáng kiến, giải pháp mới được công nhận (chỉ tiêu 2)",
        unit="%",
        value=value,
        count=len(found),
        of=of,
        items=_ids(found.values()),
        note=goal_words(value, facts.figure("initiative_share"), "%") + more,
    )


def _cut(facts: Facts, year: str, name: str, unit: str, title: str) -> Measure:
    entries = reported(facts, year)
    now, before, value = cut(entries, name)
    goal = goal_words(value, facts.figure(f"{name}_cut"), "%")
    return Measure(
        key=f"{name}_cut",
        title=f"{title} (chỉ tiêu 3)",
        unit="%",
        value=value,
        items=_ids(entries),
        note=f"{format_number(now)} {unit}, cùng kỳ {format_number(before)}. {goal}" if entries else goal,
    )


def _survey(facts: Facts, year: str, key: str, title: str) -> Measure:
    reading = newest_reading(facts, year, key)
    value = reading.fields["value"] if reading else None
    goal = "" if key == "par" else goal_words(value, facts.figure(key), "%")
    source = f"Theo {reading.fields['source']}. " if reading else ""
    return Measure(
        key=key,
        title=f"{title} (chỉ tiêu {1 if key == 'par' else 13})",
        unit="%",
        value=value,
        items=_ids([reading] if reading else []),
        note=f"{source}{goal}".strip(),
    )


def _rank(facts: Facts, year: str) -> Measure:
    reading = newest_reading(facts, year, "par")
    ranks = [reading.fields[name] for name in ("rank_before", "rank")] if reading else []
    value = str(int(ranks[0] or 0) - int(ranks[1] or 0)) if all(ranks) and ranks else None
    gone = f"Hạng {ranks[0]} năm trước, hạng {ranks[1]} năm nay. " if value else ""
    return Measure(
        key="rank_gain",
        title="Số bậc tăng của Chỉ số CCHC so với năm trước (chỉ tiêu 1)",
        unit="bậc",
        value=value,
        items=_ids([reading] if reading and value else []),
        note=gone + goal_words(value, facts.figure("rank_gain"), "bậc"),
    )


def _self_assessed(facts: Facts, year: str) -> Measure:
    """Return the mean of the assessed contents by their weights; what is not assessed yet does not count."""
    read = {key: one for key, _ in PARTS if (one := newest_reading(facts, year, key))}
    weights = {key: facts.figure(f"weight_{key}") for key in read}
    total = sum(weights.values(), Decimal(0))
    points = sum((weights[key] * Decimal(one.fields["value"] or 0) for key, one in read.items()), Decimal(0))
    return Measure(
        key="self_assessed",
        title="Chỉ số CCHC do xã tự chấm, theo trọng số (chỉ tiêu 1)",
        unit="%",
        value=percent(points / 100, total),
        items=_ids(read.values()),
        note=f"Đã chấm {len(read)}/{len(PARTS)} nội dung.",
    )


def _dialogues(facts: Facts, year: str) -> Measure:
    found = dialogues(facts, year)
    people = sum(int(one.fields["people"] or 0) for one in found)
    goal = goal_words(str(len(found)), facts.figure("dialogues"), "cuộc")
    return Measure(
        key="dialogues",
        title="Số cuộc đối thoại đã tổ chức (chỉ tiêu 14)",
        unit="cuộc",
        value=str(len(found)),
        items=_ids(found),
        note=f"{people} lượt người dự. {goal}",
    )


def _petitions(facts: Facts, year: str) -> Measure:
    found = petitions(facts, year)
    handled = [one for one in found if one.state == "handled"]
    goal = goal_words(percent(len(handled), len(found)), facts.figure("petition_share"), "%")
    return share(
        "petitions", "Tỷ lệ kiến nghị sau đối thoại đã giải quyết (chỉ tiêu 14)", handled, found, goal,
        among=dialogues(facts, year),
    )  # fmt: skip


def _ids(entries: Iterable[Item]) -> tuple[str, ...]:
    return tuple(one.id for one in entries)
