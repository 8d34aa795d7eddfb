"""What differs between machines that serve one database is said in a sentence for each."""

from pathlib import Path

from cchc_flow import __version__
from cchc_flow.homes import FolderHome
from cchc_flow.nodes import PREFIX, describe_differences, program_name, this_node
from cchc_flow.plugin_host.loading import NONE, load_plugins


def test_machines_that_run_the_same_are_not_spoken_of() -> None:
    assert describe_differences(NONE, [program_name(NONE)] * 2) == []


def test_another_version_and_other_plugins_are_told_apart() -> None:
    own = this_node(NONE)
    programs = [f"{PREFIX}9.9/{own.plugins}/may-b", f"{PREFIX}{own.version}/000000000000/may-a"]
    assert describe_differences(NONE, programs) == [
        "Máy «may-a» có bộ trình cắm khác máy này: hãy cài cùng các trình cắm, cùng phiên bản.",
        f"Máy «may-b» chạy phiên bản 9.9, máy này chạy phiên bản {__version__}: hãy nâng cấp cho giống nhau.",
    ]


def test_other_plugins_give_another_name_that_the_database_shows_whole() -> None:
    names = {program_name(NONE), program_name(load_plugins())}
    assert len(names) == 2 and all(len(name.encode()) <= 63 for name in names)


def test_what_is_no_machine_of_ours_is_left_out() -> None:
    assert describe_differences(NONE, ["psql", PREFIX, f"{PREFIX}1/2"]) == []


def test_one_machine_alone_has_no_others_and_may_run_each_round(tmp_path: Path) -> None:
    home = FolderHome(tmp_path)
    assert home.programs() == []
    with home.lease("xa-mau", "daily") as is_ours:
        assert is_ours
