"""The reform areas and their tasks, from the sections that hold the work."""

from collections.abc import Iterable, Sequence

import msgspec

from cchc_flow.plan_import.extraction.deadlines import find_day
from cchc_flow.plan_import.extraction.sections import Sections, body_nodes, heading_roles
from cchc_flow.plan_import.extraction.titles import short_title
from cchc_flow.plan_import.proposal import Area, Task
from cchc_flow.plan_import.structure.outline import Node

GOAL_ROLES = ("objectives", "targets", "requirements")


class Work(msgspec.Struct, frozen=True):
    """The areas, and the targets that stand inside them ("1.1. Mục tiêu")."""

    areas: tuple[Area, ...]
    targets: tuple[Node, ...]


def extract_work(parts: Sections) -> Work:
    """The areas with their tasks, numbered in the order of the document."""
    nodes = [area for section in parts.tasks for area in area_nodes(section)]
    nodes += [node for node in parts.others if node.names_area]
    areas = [(node, area_tasks(node)) for node in nodes]
    return Work(
        areas=tuple(
            Area(str(code), area_title(node), tasks, node.topic, node.ref)
            for code, (node, tasks) in enumerate(((node, tasks) for node, tasks in areas if tasks), 1)
        ),
        targets=tuple(goal for node, _ in areas for goal in goals_within(node)),
    )


def area_nodes(section: Node) -> list[Node]:
    """The areas under a section of tasks; the section itself where tasks stand in it without areas."""
    headings = [child for child in section.children if child.is_heading]
    if not headings or (
        len(headings) < len(section.children) / 2 and not any(one.names_area for one in headings)
    ):
        return [section]
    areas: list[Node] = []
    for child in section.children:
        inner = [one for one in child.children if one.names_area]
        areas.extend(area_nodes(child) if len(inner) > 1 and not child.names_area else [child])
    return areas


def area_title(node: Node) -> str:
    return node.text.rstrip(" :.")


def area_tasks(area: Node) -> tuple[Task, ...]:
    """The tasks of an area: what is marked under it, else its unmarked paragraphs, else its own text."""
    if not area.children:
        return tuple(build_task(item) for item in body_nodes(area)) or (build_task(area),)
    return tuple(build_task(child) for child in task_nodes(area.children))


def task_nodes(children: Sequence[Node]) -> Iterable[Node]:
    """The children that are work: goals are left out, and a heading "Nhiệm vụ" gives way to what it heads."""
    for child in children:
        roles = heading_roles(child)
        if roles and roles[0] in GOAL_ROLES:
            continue
        if roles == ["tasks"] and is_bare_heading(child):
            yield from child.children or body_nodes(child)
        else:
            yield child


def is_bare_heading(node: Node) -> bool:
    return (
        node.text.lower().startswith(("nhiệm vụ", "nội dung", "giải pháp", "các nhiệm vụ"))
        and len(node.text) < 60
    )


def goals_within(area: Node) -> list[Node]:
    found = [child for child in area.children if heading_roles(child)[:1] in (["objectives"], ["targets"])]
    return [goal for child in found for goal in (child.children or body_nodes(child))]


def build_task(node: Node) -> Task:
    text = node.full_text
    named = None if node.children else find_day(text)
    return Task(
        ref=node.ref,
        text=text,
        title=short_title(text),
        leaf=not node.children,
        children=tuple(build_task(child) for child in node.children),
        due=named.day if named else None,
        before=named.day if named and named.is_before else None,
    )
