"""Extracts the reform areas and their tasks from the nodes that have these roles."""

import re
from collections.abc import Iterator, Sequence, Set

import msgspec
from msgspec.structs import replace

from cchc_flow.hookspecs import Area as KnownArea
from cchc_flow.plan_import.extraction.attributes import (
    Particulars,
    particulars,
    read_lines,
    split_attributes,
)
from cchc_flow.plan_import.extraction.dues import find_day
from cchc_flow.plan_import.extraction.titles import short_title
from cchc_flow.plan_import.proposal import Area, Task
from cchc_flow.plan_import.structure.outline import Node
from cchc_flow.plan_import.structure.tagged_lines import STRUCTURE
from cchc_flow.plan_import.structure.topics import topic_named, topic_of

NUMBERED_LABEL = re.compile(
    r"^(?:Mảng|Lĩnh vực|Nhóm(?: nhiệm vụ)?|Nội dung|Nhiệm vụ|Trụ cột|Chương trình)\s+"
    r"(?:thứ\s+\w+|\d{1,2}|[IVX]{1,4})\s*[.:–-]\s*",
    re.IGNORECASE,
)
WITHOUT_HEADING = "Nhiệm vụ chung"
BARE = re.compile(
    r"(?:các\s+|những\s+)?(?:nội dung|nhiệm vụ|giải pháp|công việc)"
    r"(?:(?:,|\s+và)?\s+(?:nội dung|nhiệm vụ|giải pháp|thực hiện|cụ thể|chủ yếu|trọng tâm))*",
    re.IGNORECASE,
)
POINTER = re.compile(
    r"\(?(?:chi tiết|cụ thể|(?:các |những )?(?:nhiệm vụ|nội dung|công việc|danh mục)|có)\b[^.]{0,90}"
    r"\b(?:phụ lục|bảng|biểu)\b[^.]{0,60}\)?[.:]?$",
    re.IGNORECASE,
)
LONGEST_AREA, LONGEST_POINTER = 80, 160
NO_HEADS: frozenset[str] = frozenset()


class Group(msgspec.Struct):
    """The tasks below one heading, which becomes their area."""

    heading: Node | None
    tasks: list[Node]


def extract_areas(
    root: Node,
    known_areas: Sequence[KnownArea],
    plan_year: int | None = None,
    heads: Set[str] = NO_HEADS,
) -> tuple[Area, ...]:
    """Return the areas that have tasks, numbered in document order.

    Tasks that stand in no area get the heading above them as their area. A day without a year is of the
    plan's. `heads` are the references of what only heads a table of tasks, which is no task.
    """
    groups = [drop_pointers(group, heads) for group in task_groups(root, None, known_areas)]
    groups = [group for group in groups if group.tasks]
    return tuple(build_area(str(code), group, known_areas, plan_year) for code, group in enumerate(groups, 1))


def task_groups(node: Node, heading: Node | None, known_areas: Sequence[KnownArea]) -> list[Group]:
    """Return the tasks below a node by the heading they belong to, first those right below, of `heading`."""
    own = Group(heading, [])
    groups = [own]
    divided = divide_areas_from_tasks(node, known_areas)
    for child in node.children:
        if child.ref in divided:
            groups.append(divided[child.ref])
        elif is_task(child):
            own.tasks.append(child)
        elif child.role == "area" and not heads_areas(child, known_areas):
            groups.append(Group(child, list(tasks_below(child))))
        elif gives_way(child) and heading is not None:
            inner = task_groups(child, heading, known_areas)
            own.tasks.extend(inner[0].tasks)
            groups += inner[1:]
        else:
            groups += task_groups(child, child, known_areas)
    return groups


def is_task(node: Node) -> bool:
    """Return whether a node is a task: as such, or as an area with nothing below it but attributes."""
    return node.role == "task" or (node.role == "area" and not node.children)


def drop_pointers(group: Group, heads: Set[str]) -> Group:
    """Return the group without headings of tables, and without what only leads to an appendix or table."""
    tasks = [task for task in group.tasks if task.ref not in heads and not is_pointer(task)]
    return Group(group.heading, tasks)


def is_pointer(node: Node) -> bool:
    """Return whether a sentence only says where the tasks stand («Chi tiết tại Phụ lục kèm theo»)."""
    text = node.full_text
    return not node.children and len(text) <= LONGEST_POINTER and POINTER.match(text) is not None


def divide_areas_from_tasks(section: Node, known_areas: Sequence[KnownArea]) -> dict[str, Group]:
    """Return the areas of a section whose lines name each an area and its one task, by their references.

    «1. Cải cách thể chế: rà soát …»: most lines must be like that, else it is only how a task is worded.
    """
    tasks = [child for child in section.children if is_task(child)]
    groups = {task.ref: group for task in tasks if (group := area_and_task(task, known_areas))}
    is_usual = section.role != "area" and 3 * len(groups) >= 2 * len(tasks) > 2
    return groups if is_usual else {}


def area_and_task(node: Node, known_areas: Sequence[KnownArea]) -> Group | None:
    """Return a line «Cải cách thể chế: rà soát …» as a heading and its only task; None for any other."""
    title, colon, text = node.text.partition(":")
    if not colon or not text.strip() or node.children or len(title) > LONGEST_AREA:
        return None
    if topic_named(title, known_areas) is None:
        return None
    return Group(replace(node, text=title, body=(), attributes=()), [replace(node, text=text.strip())])


def heads_areas(area: Node, known_areas: Sequence[KnownArea]) -> bool:
    """Return whether an area only groups others: it names none that is known, and several below it do."""
    inner = [child for child in area.children if child.role == "area" and topic_of(child, known_areas)]
    return len(inner) > 1 and topic_of(area, known_areas) is None


def tasks_below(node: Node) -> Iterator[Node]:
    """Yield the tasks of an area or the subtasks of a task; a heading gives way to what stands below it."""
    for child in node.children:
        if child.role in ("task", "area"):
            yield child
        elif child.role == "heading":
            yield from tasks_below(child)


def gives_way(node: Node) -> bool:
    """Return whether tasks below a node belong to the heading above it: it is none itself, or a bare one.

    A bare heading only says "Nhiệm vụ" or the like.
    """
    return node.role not in STRUCTURE or (
        node.text.lower().startswith(("nhiệm vụ", "nội dung", "giải pháp", "các nhiệm vụ"))
        and len(node.text) < 60
    )


def build_area(code: str, group: Group, known_areas: Sequence[KnownArea], plan_year: int | None) -> Area:
    """Return an area with its tasks; the heading's own attributes hold for tasks that have none."""
    heading = group.heading
    attributes, _ = read_lines(heading.attributes if heading else (), plan_year)
    _, inline = split_attributes(heading.text if heading else "")
    common = particulars([*inline, *attributes], plan_year)
    return Area(
        code=code,
        title=area_title(heading.text if heading else ""),
        tasks=tuple(build_task(node, replace(common, product=None), plan_year) for node in group.tasks),
        topic=topic_of(heading, known_areas) if heading else None,
        ref=heading.ref if heading else "",
        lead=common.lead,
    )


def area_title(heading: str) -> str:
    """Return an area's heading as its title: without «Lĩnh vực 1.» before it, and no punctuation behind.

    A heading that only says «Nội dung», «Nhiệm vụ» names no area: «Nhiệm vụ chung» does.
    """
    title = NUMBERED_LABEL.sub("", heading).rstrip(" :.")
    return WITHOUT_HEADING if not title or BARE.fullmatch(title) else title


def build_task(node: Node, above: Particulars, plan_year: int | None) -> Task:
    """Return the node as a task, the tasks below it as subtasks, which have its attributes unless their own.

    Only a task without subtasks has a day.
    """
    attributes, texts = read_lines(node.attributes, plan_year)
    text, inline = split_attributes(node.full_text)
    text = " ".join([text, *texts])
    own = inherit(particulars([*inline, *attributes], plan_year), above)
    children = tuple(build_task(child, replace(own, product=None), plan_year) for child in tasks_below(node))
    task = Task(node.ref, text, short_title(text), leaf=not children, children=children)
    return with_particulars(task, own, plan_year)


def inherit(own: Particulars, above: Particulars) -> Particulars:
    """Return what is told of a task itself, completed by what is told of all tasks under its heading."""
    has_day = own.due_text is not None
    return Particulars(
        lead=own.lead or above.lead,
        support=own.support or above.support,
        product=own.product,
        due_text=own.due_text or above.due_text,
        due=own.due if has_day else above.due,
        before=own.before if has_day else above.before,
        cadence=own.cadence if has_day else above.cadence,
    )


def with_particulars(task: Task, own: Particulars, plan_year: int | None) -> Task:
    """Return the task with its attributes, and, without subtasks, with the day that they or its text set."""
    day = find_day(task.text, plan_year) if task.leaf and own.due is None else None
    due = day.iso if day else own.due
    before = (day.iso if day.is_before else None) if day else own.before
    return replace(
        task,
        lead=own.lead,
        support=own.support,
        product=own.product,
        due_text=own.due_text,
        cadence=own.cadence,
        due=due if task.leaf else None,
        before=before if task.leaf else None,
    )


def all_tasks(areas: Sequence[Area]) -> Iterator[Task]:
    """Yield all tasks and subtasks of some areas in document order."""
    for area in areas:
        stack = list(reversed(area.tasks))
        while stack:
            task = stack.pop()
            yield task
            stack += reversed(task.children)
