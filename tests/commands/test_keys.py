"""Who may put another key in force, and as whom it is recorded."""

import pytest
from support.world import World

from cchc_flow import commands
from cchc_flow.commands.key_rotation import rotate_key
from cchc_flow.errors import NotAllowed


def test_only_an_administrator_changes_the_key(world: World) -> None:
    key = world.ws.log.verifier_key()
    with pytest.raises(NotAllowed, match="quản trị"):
        rotate_key(world.ws, world.order("lan"))
    assert world.ws.log.verifier_key() == key


def test_a_change_of_the_key_says_in_which_role_it_was_made(world: World) -> None:
    commands.grant_role(world.ws, "hoa", "admin", world.order())
    by_person = rotate_key(world.ws, world.order("hoa"))
    by_machine = rotate_key(world.ws, world.order())
    assert world.ws.log.event(by_person.first).role == "admin"
    assert world.ws.log.event(by_machine.first).role is None
