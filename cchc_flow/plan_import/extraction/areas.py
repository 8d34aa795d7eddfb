"""Extracts the reform areas and their tasks from the sections of tasks."""

from collections.abc import Iterable, Sequence

import msgspec

from cchc_flow.plan_import.extraction.dues import find_day
from cchc_flow.plan_import.extraction.sections import Sections, body_nodes, heading_roles
from cchc_flow.plan_import.extraction.titles import short_title
from cchc_flow.plan_import.proposal import Area, Task
from cchc_flow.plan_import.structure.outline import Node

GOAL_ROLES = ("objectives", "targets", "requirements")


class Work(msgspec.Struct, frozen=True):
    """The areas with their tasks, and the nodes of the targets inside them ("1.1. Mục tiêu")."""

    areas: tuple[Area, ...]
    targets: tuple[Node, ...]


def extract_work(sections: Sections) -> Work:
    """Return the areas that have tasks, numbered in document order, and the targets of all areas."""
    nodes = [area for section in sections.tasks for area in area_nodes(section)]
    nodes += [node for node in sections.others if node.names_area]
    areas = [(node, area_tasks(node)) for node in nodes]
    return Work(
        areas=tuple(
            Area(str(code), area_title(node), tasks, node.topic, node.ref)
            for code, (node, tasks) in enumerate(((node, tasks) for node, tasks in areas if tasks), 1)
        ),
        targets=tuple(goal for node, _ in areas for goal in goals_within(node)),
    )


def area_nodes(section: Node) -> list[Node]:
    """Return the nodes of a section that head an area; the section itself if its tasks have no areas."""
    headings = [child for child in section.children if child.is_heading]
    names_area = any(heading.names_area for heading in headings)
    if not headings or (len(headings) < len(section.children) / 2 and not names_area):
        return [section]
    areas: list[Node] = []
    for child in section.children:
        inner = [grandchild for grandchild in child.children if grandchild.names_area]
        areas.extend(area_nodes(child) if len(inner) > 1 and not child.names_area else [child])
    return areas


def area_title(node: Node) -> str:
    """Return the heading of an area as its title, without punctuation at its end."""
    return node.text.rstrip(" :.")


def area_tasks(area: Node) -> tuple[Task, ...]:
    """Return the tasks of an area: its child nodes, else its unmarked paragraphs, else its own text."""
    if not area.children:
        return tuple(build_task(node) for node in body_nodes(area)) or (build_task(area),)
    return tuple(build_task(child) for child in task_nodes(area.children))


def task_nodes(children: Sequence[Node]) -> Iterable[Node]:
    """Yield the nodes that are tasks: no goals, and the content of a heading "Nhiệm vụ" in its place."""
    for child in children:
        roles = heading_roles(child)
        if roles and roles[0] in GOAL_ROLES:
            continue
        if roles == ["tasks"] and is_bare_heading(child):
            yield from child.children or body_nodes(child)
        else:
            yield child


def is_bare_heading(node: Node) -> bool:
    """Return whether a heading only says "Nhiệm vụ" or the like, so that its children are the tasks."""
    return (
        node.text.lower().startswith(("nhiệm vụ", "nội dung", "giải pháp", "các nhiệm vụ"))
        and len(node.text) < 60
    )


def goals_within(area: Node) -> list[Node]:
    """Return the nodes under an area's headings of objectives or targets."""
    headings = [child for child in area.children if heading_roles(child)[:1] in (["objectives"], ["targets"])]
    return [goal for heading in headings for goal in (heading.children or body_nodes(heading))]


def build_task(node: Node) -> Task:
    """Return the node as a task, its children as subtasks; only a task without subtasks has a day."""
    text = node.full_text
    day = None if node.children else find_day(text)
    return Task(
        ref=node.ref,
        text=text,
        title=short_title(text),
        leaf=not node.children,
        children=tuple(build_task(child) for child in node.children),
        due=day.iso if day else None,
        before=day.iso if day and day.is_before else None,
    )
