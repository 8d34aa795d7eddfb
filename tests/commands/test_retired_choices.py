"""Choices that law has abolished: no form offers them, and what was recorded with them keeps its words."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from support.misbehaving import REGISTER
from support.plugging import plugged
from support.visitors import Site
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.workspace_setup import publish_what_came
from cchc_flow.errors import MissingData
from cchc_flow.hookspecs import Workflow, hookimpl
from cchc_flow.workflow.definition import Field, as_data, from_data, problems

FORMS = (("reprimand", "Khiển trách"), ("warning", "Cảnh cáo"))
GONE = (("lower_pay", "Hạ bậc lương"),)
BEFORE = replace(REGISTER, asks=(Field("form", "choice", "Hình thức", choices=(*FORMS, *GONE)),))
SINCE = replace(
    REGISTER,
    version=REGISTER.version + 1,
    asks=(Field("form", "choice", "Hình thức", choices=FORMS, retired=GONE),),
)


class Discipline:
    """Kỷ luật"""

    def __init__(self, register: Workflow) -> None:
        self.register = register

    @hookimpl
    def workflows(self) -> list[Workflow]:
        return [self.register]


@pytest.fixture
def world(tmp_path: Path) -> World:
    """A commune with an entry under the old form, after the law has changed."""
    world = World(tmp_path / "data", plugins=plugged(discipline=Discipline(BEFORE))).settle()
    open_entry(world, "lower_pay")
    world.ws.plugins = plugged(discipline=Discipline(SINCE))
    publish_what_came(world.ws)
    return world


def open_entry(world: World, form: str) -> Any:
    told = {"title": f"Vụ việc {form}", "lead": "phong-kinh-te", "form": form}
    return commands.open_entry(world.ws, REGISTER.kind, told, world.order("hoa")).item


def test_an_abolished_choice_is_offered_and_taken_no_longer(world: World) -> None:
    form = Site(world.ws).visitor("hoa").get(f"/xa-mau/areas/registers/{REGISTER.kind}/new").text
    assert "Khiển trách" in form and "Hạ bậc lương" not in form
    with pytest.raises(
        MissingData, match="«Hạ bậc lương» không còn được áp dụng, phải chọn một trong Khiển trách, Cảnh cáo"
    ):
        open_entry(world, "lower_pay")
    assert open_entry(world, "warning").fields["form"] == "warning"


def test_an_entry_with_an_abolished_choice_keeps_its_words_and_follows_the_new_form(world: World) -> None:
    (entry,) = world.ws.facts("discipline").items(REGISTER.kind)
    assert (entry.workflow, entry.fields["form"]) == (SINCE.version, "lower_pay")
    assert "Hạ bậc lương" in Site(world.ws).visitor("hoa").get(f"/xa-mau/items/{entry.id}").text


def test_a_definition_without_retired_choices_is_stored_as_before_there_were_any() -> None:
    assert "retired" not in str(as_data(BEFORE))
    assert from_data(as_data(SINCE)) == SINCE


def test_a_choice_cannot_be_offered_and_retired_at_once() -> None:
    both = replace(SINCE, asks=(Field("form", "choice", "Hình thức", choices=FORMS, retired=FORMS),))
    assert problems(both) == [
        "field form offers the retired choice reprimand",
        "field form offers the retired choice warning",
    ]
