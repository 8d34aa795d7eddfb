"""Drafts are built once at a cut-off, unless something could have changed them."""

from functools import partial

import pytest
from support.documents import REPORT
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.report_sections import edit_section
from cchc_flow.reporting.issuing import build_draft
from cchc_flow.reporting.periodic import kept
from cchc_flow.reporting.periodic.values import BuiltReport

PERIOD = "2026-Q1"


def test_a_draft_is_built_once_at_its_cut_off_and_anew_at_another(world: World) -> None:
    cutoff = world.ws.cutoff()
    draft = build_draft(world.ws, PERIOD, cutoff)
    world.submitted()
    assert build_draft(world.ws, PERIOD, cutoff) is draft
    assert build_draft(world.ws, PERIOD, world.ws.cutoff()) != draft


def test_words_that_were_erased_are_gone_from_a_draft_of_before(world: World) -> None:
    edit_section(world.ws, PERIOD, "results", "Lời phải xóa", world.order("hoa"))
    cutoff = world.ws.cutoff()
    assert "Lời phải xóa" in str(build_draft(world.ws, PERIOD, cutoff).document)
    digest = next(event for event in world.ws.log.read_events() if event.type == "report.edited/1").data[
        "text"
    ]
    commands.grant_role(world.ws, "hoa", "admin", world.order())
    commands.erase_content(world.ws, digest["digest"], "Công dân yêu cầu", world.order("hoa"))
    assert "Lời phải xóa" not in str(build_draft(world.ws, PERIOD, cutoff).document)


def make_draft(*, has_faults: bool = False) -> BuiltReport:
    return BuiltReport(document=REPORT, figures=(), sections=(), missing=(), has_faults=has_faults)


def test_a_draft_in_which_an_area_failed_is_built_again(world: World) -> None:
    built = [kept.find_or_build(world.ws, "một", partial(make_draft, has_faults=True)) for _ in range(2)]
    assert built[0] is not built[1]


def test_of_many_drafts_the_one_longest_unused_goes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_REPORTS", 2)
    first = [kept.find_or_build(world.ws, key, make_draft) for key in "aba"]
    assert first[0] is first[2]
    kept.find_or_build(world.ws, "c", make_draft)
    assert kept.find_or_build(world.ws, "a", make_draft) is first[0]
    assert kept.find_or_build(world.ws, "b", make_draft) is not first[1]
