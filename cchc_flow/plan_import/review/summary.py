"""The summary of a proposal for a person at a terminal."""

from cchc_flow.plan_import.proposal import Area, Proposal, Task, leaves


def summary(proposal: Proposal) -> str:
    """Return the plan in some thirty lines: its head, its areas, its counts, its warnings."""
    head = [
        proposal.title,
        f"Số: {proposal.number or 'để trống'} · Năm: {proposal.year or 'không rõ'} · {proposal.issuer or ''}",
        "",
        *(_area_line(area) for area in proposal.areas),
        "",
        _counts_line(proposal),
    ]
    warnings = [f"  {warning.ref}: {warning.message}" for warning in proposal.warnings]
    return "\n".join(head + (["", "Cần xem lại:", *warnings] if warnings else []))


def _area_line(area: Area) -> str:
    """Return a line with an area, its number, and how many work items it has."""
    return f"  {area.code}. {area.title}: {len(_work_items(area))} công việc"


def _work_items(area: Area) -> list[Task]:
    """Return the tasks of an area that become work items."""
    return [leaf for task in area.tasks for leaf in leaves(task)]


def _counts_line(proposal: Proposal) -> str:
    """Return a line with the numbers of areas, work items, targets, measures, units and deadlines."""
    work = sum(len(_work_items(area)) for area in proposal.areas)
    measures = sum(len(target.measures) for target in proposal.targets)
    assignments = sum(len(unit.assignments) for unit in proposal.units)
    return "; ".join(
        (
            f"{len(proposal.areas)} lĩnh vực, {work} công việc",
            f"{len(proposal.targets)} chỉ tiêu với {measures} thước đo",
            f"{len(proposal.units)} đơn vị với {assignments} nhiệm vụ riêng",
            f"{len(proposal.deadlines)} hạn báo cáo.",
        )
    )
