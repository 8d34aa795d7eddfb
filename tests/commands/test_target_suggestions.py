"""By words alone, measures of plugins are suggested for the targets of a plan; a person decides."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import structs
from support.plugging import plugged
from support.world import World

from cchc_flow import commands
from cchc_flow.commands import UnitOfWork, measures
from cchc_flow.commands.target_suggestions import suggested_settings, take_suggestions
from cchc_flow.errors import NotAllowed
from cchc_flow.hookspecs import Facts, Measure, hookimpl
from cchc_flow.plugin_host import contributions
from cchc_flow.plugin_host.loading import load_plugins
from cchc_flow.plugin_host.measures import compute_measures, suggest_measure
from cchc_flow.plugin_kit import Answer, with_answers
from cchc_flow.projections import targets
from cchc_flow.simulation.year import read_sample_plan
from cchc_flow.workflow.commands import Upload
from cchc_flow.workflow.events import Measure as Planned


@pytest.fixture
def commune(tmp_path: Path) -> Iterator[World]:
    """A commune with the sample plan and the seven areas."""
    world = World(tmp_path / "data", plugins=load_plugins())
    commands.adopt_plan(world.ws, read_sample_plan(contributions.areas(world.ws.plugins)), world.order())
    yield world.add_people()
    world.ws.close()


def suggestions(world: World) -> dict[tuple[str, int], tuple[str, str]]:
    found = suggested_settings(UnitOfWork(world.ws, world.order("hoa")), "2026")
    return {measure.key: (setting.plugin or "", setting.key or "") for measure, setting in found}


def test_measures_of_all_areas_are_found_for_the_sample_plan(commune: World) -> None:
    found = suggestions(commune)
    assert len(found) == 21  # of 24: two are satisfaction with two services, and a group that is not named
    assert found["II.3", 1] == ("direction", "documents_cut")
    assert found["II.9", 2] == ("administrative_procedures", "cut_cost")
    assert found["II.15", 1] == ("public_finance", "disbursement_2026")
    assert found["II.17", 1] == ("organisation", "more_in_2")


def test_taking_the_suggestions_decides_all_at_once(commune: World) -> None:
    assert take_suggestions(commune.ws, "2026", commune.order("hoa")) == 21
    settings = targets.measure_settings(commune.ws.read(), "2026")
    assert settings["II.15", 1].data.owner == "phong-kinh-te"
    assert settings["II.15", 1].data.accumulates and not settings["II.13", 1].data.accumulates
    # nobody leads the digital area in this plan: its measures are counted, and a unit is to be chosen
    assert (settings["II.20", 1].data.owner, settings["II.20", 1].data.source) == (None, "computed")
    assert suggestions(commune) == {}
    assert take_suggestions(commune.ws, "2026", commune.order("hoa")) == 0


def test_what_a_person_decided_is_not_suggested_again(commune: World) -> None:
    data = {"owner": "phong-kinh-te", "source": "reported"}
    measures.set_measure(commune.ws, ("2026", "II.15", 1), data, commune.order("hoa"))
    assert ("II.15", 1) not in suggestions(commune)


@pytest.mark.parametrize("actor", ["lan", "thu"])
def test_only_who_decides_takes_the_suggestions(commune: World, actor: str) -> None:
    with pytest.raises(NotAllowed):
        take_suggestions(commune.ws, "2026", commune.order(actor))


def test_a_plan_of_the_next_year_is_measured_by_measures_of_that_year(commune: World) -> None:
    adoption = read_sample_plan(contributions.areas(commune.ws.plugins))
    document = Upload("ke-hoach-2027.docx", b"2027", "application/octet-stream")
    plan = dict(adoption.plan) | {"closing_day": "2027-12-31"}
    ahead = structs.replace(adoption, year=2027, plan=plan, document=document, tasks=(), units=())
    commands.adopt_plan(commune.ws, ahead, commune.order())
    assert take_suggestions(commune.ws, "2027", commune.order("hoa")) > 15
    settings = targets.measure_settings(commune.ws.read(), "2027")
    assert settings["II.15", 1].data.key == "disbursement_2027"


class WrongNumber:
    """An area whose measure has words for a value."""

    @hookimpl
    def measures(self, facts: Facts) -> list[Measure]:
        return [Measure(key="count", title="Số hồ sơ", unit="hồ sơ", value="mười hai")]


def test_a_value_that_is_no_number_is_told_as_a_fault_of_its_plugin(tmp_path: Path) -> None:
    world = World(tmp_path / "wrong", plugins=plugged(wrong=WrongNumber())).settle()
    found = compute_measures(world.ws.fact_source())
    assert found.measures == {} and "«mười hai», không phải là số" in found.faults["wrong"]
    world.ws.close()


def planned(direction: str = "at_least", unit: str = "%") -> Planned:
    return Planned(value="10", unit=unit, direction=direction, baseline_year=None, what="")


def known(**about: object) -> dict[tuple[str, str], Measure]:
    """Return what a plugin measures, by the keys of the measures, each with its words."""
    plain = [Measure(key=key, title=key, unit="%", value=None) for key in about]
    answers = {key.rstrip("_0123456789"): answer for key, answer in about.items()}
    return {("area", one.key): one for one in with_answers(plain, answers)}  # type: ignore[arg-type]


def test_the_longest_words_win_and_two_that_fit_alike_are_left_to_a_person() -> None:
    measures = known(roads=Answer(("duong",)), bridges=Answer(("duong va cau",)))
    assert suggest_measure(planned(), ["Đường và cầu"], 2026, measures) == ("area", "bridges")
    alike = known(roads=Answer(("duong",)), streets=Answer(("duong",)))
    assert suggest_measure(planned(), ["Đường"], 2026, alike) is None


def test_a_change_is_measured_by_a_change_and_a_unit_by_the_same() -> None:
    measures = known(growth=Answer(("thu",), change="increase"))
    assert suggest_measure(planned(), ["thu ngân sách"], 2026, measures) is None
    assert suggest_measure(planned("increase_at_least"), ["thu"], 2026, measures) == ("area", "growth")
    assert suggest_measure(planned("increase_at_least", "đồng"), ["thu"], 2026, measures) is None


def test_a_measure_of_a_year_belongs_to_the_plan_of_that_year() -> None:
    measures = known(paid_2025=Answer(("giai ngan",)), paid_2026=Answer(("giai ngan",)))
    assert suggest_measure(planned(), ["giải ngân"], 2026, measures) == ("area", "paid_2026")
    assert suggest_measure(planned(), ["giải ngân"], 2027, measures) is None
