"""The field of a day is our own: a browser's shows days in the order of its own language."""

from pathlib import Path

import pytest
from support.forms import send
from support.world import ASSIGN, TASK

from cchc_flow import commands, resources
from cchc_flow.web.http.template_context import day_input_words

TEMPLATES = [
    file for name in ("templates", "plugins") for file in sorted(resources.folder(name).rglob("*.html"))
]


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_no_form_has_a_browsers_own_field_of_a_day(file: Path):
    assert 'type="date"' not in file.read_text()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("2026-06-30", "30/06/2026"),
        ("31/2/2026", "31/2/2026"),
        ("", ""),
        (None, ""),
        ("2026-02-31", "2026-02-31"),
    ],
)
def test_a_field_shows_a_day_as_people_write_it_and_anything_else_as_it_was_typed(value, shown):
    assert day_input_words(value) == shown


@pytest.mark.parametrize("typed", ["15/7/2026", "15-07-2026", "15.7.2026", "15072026", "2026-07-15"])
def test_a_day_is_understood_without_scripts_however_it_is_typed(world, site, typed):
    world.take("hoa", "assign", **ASSIGN)
    item, path = f"/{world.ws.name}/items/{TASK}", "extension-requests"
    answer = send(site.visitor("lan"), f"{item}/{path}/new", f"{item}/{path}", due=typed, reason="Chờ Sở.")
    assert answer.status_code == 303
    request = commands.load_item(world.ws, TASK).item.extension
    assert request is not None and request.due == "2026-07-15"


def test_a_day_without_its_year_is_refused_and_stays_as_it_was_typed(world, site):
    world.take("hoa", "assign", **ASSIGN)
    item, path = f"/{world.ws.name}/items/{TASK}", "extension-requests"
    answer = send(site.visitor("lan"), f"{item}/{path}/new", f"{item}/{path}", due="5/12", reason="Chờ Sở.")
    assert answer.status_code == 422
    assert "phải là một ngày, như 25/01/2026" in answer.text
    assert 'value="5/12"' in answer.text and "Chờ Sở." in answer.text
