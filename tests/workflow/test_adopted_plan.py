"""A plan reads the same whether its adoption is one event, as once, or one with one for each area."""

from cchc_flow.eventlog import catalogue
from cchc_flow.workflow.adopted_plan import adopted_areas, adopted_plan
from cchc_flow.workflow.events import AreaHeading

OLD = catalogue.event_schemas()["plan.adopted/1"]["examples"][0]
NEW = catalogue.event_schemas()["plan.adopted/2"]["examples"][0]
OLD_AREA = catalogue.event_schemas()["plan.area_adopted/1"]["examples"][0]
AREA = catalogue.event_schemas()["plan.area_adopted/2"]["examples"][0]


def test_an_adoption_of_the_first_version_reads_like_one_of_the_second():
    assert adopted_plan("plan.adopted/1", OLD) == adopted_plan("plan.adopted/2", NEW)
    assert adopted_plan("plan.adopted/1", OLD).areas == (
        AreaHeading(code="1", title="Cải cách thể chế", tasks=1),
    )
    assert adopted_plan("plan.area_adopted/1", OLD_AREA) is None


def test_the_tasks_of_the_areas_are_found_in_either():
    first = adopted_areas([("plan.adopted/1", OLD)])
    assert first == adopted_areas([("plan.adopted/2", NEW), ("plan.area_adopted/1", OLD_AREA)])
    assert first[0].tasks[0].children[0].ref == "III.1.1.1"


def test_an_area_without_tasks_stands_in_its_place():
    empty = {"code": "0", "title": "Chỉ đạo", "tasks": 0}
    areas = adopted_areas(
        [
            ("plan.adopted/2", NEW | {"areas": [empty, *NEW["areas"]]}),
            ("plan.area_adopted/2", AREA),
            ("target.set/1", {}),
        ]
    )
    assert [(area.code, len(area.tasks)) for area in areas] == [("0", 0), ("1", 1)]


def test_who_leads_a_task_is_known_since_the_second_version():
    before, since = (
        adopted_areas([("plan.adopted/2", NEW), event])[0].tasks[0].children[0]
        for event in (("plan.area_adopted/1", OLD_AREA), ("plan.area_adopted/2", AREA))
    )
    assert (before.lead, before.support, before.due_text) == (None, (), None)
    assert (since.lead, since.due_text) == ("Văn phòng HĐND và UBND", "Quý II/2026")
    assert since.text == before.text
