"""The measures of the area: what its targets have come to, counted from the entries of its registers."""

from collections.abc import Sequence
from decimal import Decimal

from cchc_flow.hookspecs import Facts, Item, Measure, share
from cchc_flow.plugin_kit import amount_of, count_of, entries_without, ids, share_of_total, total_count
from cchc_flow.workflow.periods import parse
from cchc_flow.workflow.shares import format_number, format_quantity, percent

from .registers import FIGURES, INITIATIVE, INSPECTION, PARTS, READING, SURVEYS
from .talks import DIALOGUE, PETITION


def year_measures(facts: Facts, year: str) -> list[Measure]:
    """Return the measures of a year, in the order of the plan's targets."""
    return [
        _inspected_units(facts, year),
        _innovative_units(facts, year),
        _reduction(
            facts, year, "documents", "văn bản", "Mức giảm văn bản hành chính so với cùng kỳ năm trước"
        ),
        _reduction(facts, year, "meetings", "cuộc", "Mức giảm cuộc họp, hội nghị so với cùng kỳ năm trước"),
        *(_survey(facts, year, key, title) for key, title in SURVEYS),
        _rank_gain(facts, year),
        _self_assessment(facts, year),
        _dialogue_count(facts, year),
        _handled_petitions(facts, year),
    ]


def counted_year(facts: Facts) -> str:
    """Return the year that is counted: that of the plan in force, or of today while there is none."""
    return facts.plan or str(facts.today.year)


def inspections_by_unit(facts: Facts, year: str) -> dict[str, Item]:
    """Return the last inspection of each active unit that was concluded in a year, by the unit's id."""
    held = sorted(_held_in_year(facts, INSPECTION, year), key=lambda entry: entry.fields["held_on"] or "")
    concluded = {entry.fields["inspected"] or "": entry for entry in held if entry.state == "concluded"}
    return {unit: entry for unit, entry in concluded.items() if unit in facts.units}


def initiatives_by_unit(facts: Facts, year: str, state: str) -> dict[str, Item]:
    """Return one initiative in a state for each active unit that has any in a year, by the unit's id."""
    entries = facts.items(INITIATIVE)
    return {
        entry.lead: entry
        for entry in entries
        if entry.lead and entry.lead in facts.units and entry.state == state and (entry.plan or year) == year
    }


def office_figures(facts: Facts, year: str, name: str) -> list[Item]:
    """Return what tells how many documents or meetings there were in a year, so that they can be compared.

    Of each unit it is the newest accepted report that has both numbers; of a unit without one, the entries of
    the register.
    """
    told: dict[str | None, Item] = {}
    for report in facts.items("report", plan=year):
        if report.accepted and _compares(report, name):
            told[report.unit] = max(report, told.get(report.unit, report), key=_last_month)
    entries = facts.items(FIGURES)
    counted = [entry for entry in entries if entry.state == "reported" and _is_of_year(entry, year)]
    return [*told.values(), *(entry for entry in counted if entry.lead not in told)]


def _compares(report: Item, name: str) -> bool:
    """Tell whether a unit's report says how many there were by now, and by now a year before."""
    return None not in (report.fields.get(f"{name}_total"), report.fields.get(f"{name}_before"))


def _last_month(report: Item) -> int:
    return parse(report.period).last if report.period else 0


def reduction(entries: Sequence[Item], name: str) -> tuple[int, int, str | None]:
    """Return how many there are, how many there were a year before, and how many percent fewer that is.

    The last is None where there were none before, and negative where there are more now.
    """
    now = sum(count_of(entry, f"{name}_total" if entry.kind == "report" else name) for entry in entries)
    before = total_count(entries, f"{name}_before")
    return now, before, percent(before - now, before)


def dialogues(facts: Facts, year: str) -> list[Item]:
    """Return the dialogues that were held in a year."""
    entries = _held_in_year(facts, DIALOGUE, year)
    return [dialogue for dialogue in entries if dialogue.state in ("held", "closed")]


def petitions(facts: Facts, year: str) -> list[Item]:
    """Return the petitions that the dialogues of a year raised and that have to be handled."""
    return [petition for dialogue in dialogues(facts, year) for petition in petitions_of(dialogue, facts)]


def petitions_of(dialogue: Item, facts: Facts) -> list[Item]:
    """Return the petitions of a dialogue that have to be handled, in the order of their numbers."""
    entries = entries_without("dropped", PETITION, facts, dialogue=dialogue.id)
    return sorted(entries, key=lambda petition: count_of(petition, "number"))


def goal_words(value: str | None, goal: Decimal, unit: str) -> str:
    """Return the least that is wanted, and whether a value reaches it, as a sentence."""
    aim = f"Mục tiêu: tối thiểu {format_quantity(goal, unit)}"
    if value is None:
        return f"{aim}."
    return f"{aim}, {'đã đạt' if Decimal(value) >= goal else 'chưa đạt'}."


def newest_reading(facts: Facts, year: str, subject: str) -> Item | None:
    """Return the reading of a subject that was published last for a year, None before any."""
    entries = facts.items(READING, subject=subject)
    published = [entry for entry in entries if entry.state == "published" and _is_of_year(entry, year)]
    return max(published, key=lambda entry: (entry.fields["published_on"] or "", entry.id), default=None)


def _is_of_year(entry: Item, year: str) -> bool:
    return (entry.fields["period"] or "").startswith(year)


def _held_in_year(facts: Facts, kind: str, year: str) -> list[Item]:
    entries = facts.items(kind)
    return [entry for entry in entries if (entry.fields.get("held_on") or "").startswith(f"{year}-")]


def _inspected_units(facts: Facts, year: str) -> Measure:
    """Return the share of units that were inspected, once concluded (target 1)."""
    entries, units = list(inspections_by_unit(facts, year).values()), len(facts.units)
    goal = goal_words(percent(len(entries), units), facts.figure("inspected_share"), "%")
    return share_of_total(
        "inspected",
        "Tỷ lệ đơn vị được kiểm tra CCHC (chỉ tiêu 1)",
        len(entries),
        units,
        entries,
        f"{goal} Mỗi đơn vị tính một lần, khi đã kết luận.",
    )


def _innovative_units(facts: Facts, year: str) -> Measure:
    """Return the share of units that have a recognised initiative (target 2)."""
    recognised, units = initiatives_by_unit(facts, year, "recognised"), len(facts.units)
    waiting = initiatives_by_unit(facts, year, "proposed").keys() - recognised.keys()
    goal = goal_words(percent(len(recognised), units), facts.figure("initiative_share"), "%")
    return share_of_total(
        "initiatives",
        "Tỷ lệ đơn vị có sáng kiến, giải pháp mới được công nhận (chỉ tiêu 2)",
        len(recognised),
        units,
        list(recognised.values()),
        goal + (f" Thêm {len(waiting)} đơn vị chờ công nhận." if waiting else ""),
    )


def _reduction(facts: Facts, year: str, name: str, unit: str, title: str) -> Measure:
    """Return by how many percent documents or meetings became fewer than the year before (target 3)."""
    entries = office_figures(facts, year, name)
    now, before, value = reduction(entries, name)
    goal = goal_words(value, facts.figure(f"{name}_cut"), "%")
    counts = f"{format_number(now)} {unit}, cùng kỳ {format_number(before)}. " if entries else ""
    return Measure(
        key=f"{name}_cut",
        title=f"{title} (chỉ tiêu 3)",
        unit="%",
        value=value,
        items=ids(entries),
        note=counts + goal,
    )


def _survey(facts: Facts, year: str, key: str, title: str) -> Measure:
    """Return the newest reading of a survey (target 13) or of the PAR index (target 1)."""
    reading = newest_reading(facts, year, key)
    value = reading.fields["value"] if reading else None
    goal = "" if key == "par" else goal_words(value, facts.figure(key), "%")
    source = f"Theo {reading.fields['source']}. " if reading else ""
    return Measure(
        key=key,
        title=f"{title} (chỉ tiêu {1 if key == 'par' else 13})",
        unit="%",
        value=value,
        items=ids([reading] if reading else []),
        note=f"{source}{goal}".strip(),
    )


def _rank_gain(facts: Facts, year: str) -> Measure:
    """Return by how many places the commune rose in the PAR index, once both ranks are known (target 1)."""
    reading = newest_reading(facts, year, "par")
    before, now = (reading.fields[name] if reading else None for name in ("rank_before", "rank"))
    value = str(int(before) - int(now)) if before and now else None
    ranks = f"Hạng {before} năm trước, hạng {now} năm nay. " if value else ""
    return Measure(
        key="rank_gain",
        title="Số bậc tăng của Chỉ số CCHC so với năm trước (chỉ tiêu 1)",
        unit="bậc",
        value=value,
        items=ids([reading] if reading and value else []),
        note=ranks + goal_words(value, facts.figure("rank_gain"), "bậc"),
    )


def _self_assessment(facts: Facts, year: str) -> Measure:
    """Return the mean of the assessed contents by their weights; what is not assessed yet does not count."""
    readings = {key: reading for key, _ in PARTS if (reading := newest_reading(facts, year, key))}
    weights = {key: facts.figure(f"weight_{key}") for key in readings}
    points = sum((weights[key] * amount_of(entry, "value") for key, entry in readings.items()), Decimal(0))
    return Measure(
        key="self_assessed",
        title="Chỉ số CCHC do xã tự chấm, theo trọng số (chỉ tiêu 1)",
        unit="%",
        value=percent(points / 100, sum(weights.values(), Decimal(0))),
        items=ids(readings.values()),
        note=f"Đã chấm {len(readings)}/{len(PARTS)} nội dung.",
    )


def _dialogue_count(facts: Facts, year: str) -> Measure:
    """Return how many dialogues were held (target 14)."""
    entries = dialogues(facts, year)
    goal = goal_words(str(len(entries)), facts.figure("dialogues"), "cuộc")
    return Measure(
        key="dialogues",
        title="Số cuộc đối thoại đã tổ chức (chỉ tiêu 14)",
        unit="cuộc",
        value=str(len(entries)),
        items=ids(entries),
        note=f"{total_count(entries, 'people')} lượt người dự. {goal}",
    )


def _handled_petitions(facts: Facts, year: str) -> Measure:
    """Return the share of the petitions of a year's dialogues that are handled (target 14)."""
    entries = petitions(facts, year)
    handled = [petition for petition in entries if petition.state == "handled"]
    return share(
        "petitions",
        "Tỷ lệ kiến nghị sau đối thoại đã giải quyết (chỉ tiêu 14)",
        handled,
        entries,
        goal_words(percent(len(handled), len(entries)), facts.figure("petition_share"), "%"),
        among=dialogues(facts, year),
    )
