"""Pages record who read what; the page of reads tells it to auditors."""

from support.world import TASK, World

from cchc_flow.audit import reads


def recorded(world: World) -> list[tuple[str, str, str]]:
    return [(entry.person, entry.act, entry.thing) for entry in reads.reads_of(world.ws)][::-1]


def evidence_digest(world: World) -> str:
    events = world.ws.log.stream(f"item-{TASK}")
    return next(e.data["evidence"][0]["content"]["digest"] for e in events if e.data.get("evidence"))


def test_opening_an_item_is_recorded_once_an_hour(world, get):
    for _ in range(3):
        assert get("lan", f"items/{TASK}").status_code == 200
    assert recorded(world) == [("lan", "opened", f"item-{TASK}")]


def test_a_page_that_was_refused_is_not_recorded(world, get):
    assert get("lan", "items/khong-co").status_code == 404
    assert get("lan", "events").status_code == 403
    assert recorded(world) == []


def test_looking_into_evidence_and_taking_it_are_told_apart(world, get):
    world.submitted()
    digest = evidence_digest(world)
    get("hoa", f"items/{TASK}/evidence/{digest}/preview")
    get("hoa", f"items/{TASK}/evidence/{digest}")
    assert recorded(world) == [
        ("hoa", "previewed", f"content-{digest}"),
        ("hoa", "downloaded", f"content-{digest}"),
    ]


def test_an_auditors_search_is_recorded_without_what_she_typed(world, get):
    get("thu", "events?person=lan&item=III.2.3.1&type=item.submitted/1")
    get("thu", "events/3")
    get("thu", "events/3/body")
    assert recorded(world) == [
        ("thu", "searched", "events?item&person=lan&type=item.submitted/1"),
        ("thu", "opened", "event-3"),
        ("thu", "downloaded", "event-3"),
    ]


def test_a_page_is_shown_though_its_reading_cannot_be_recorded(world, get):
    (world.ws.folder / "reads").write_text("một tệp ở chỗ của thư mục")
    assert get("lan", f"items/{TASK}").status_code == 200
