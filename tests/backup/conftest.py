"""A commune that is backed up."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.world import World

from cchc_flow import commands
from cchc_flow.accounts.opening import open_accounts
from cchc_flow.backup.create import create_backup
from cchc_flow.backup.manifest import Manifest

BackUp = Callable[..., Manifest]


@pytest.fixture
def commune(world: World) -> World:
    """The commune with evidence in its vault, an administrator, and a password."""
    world.submitted()
    commands.add_person(world.ws, "quan", "Hồ Quân", None, None, world.order())
    commands.grant_role(world.ws, "quan", "admin", world.order())
    open_accounts(world.ws).set_password("quan", "lúa-chín-đồng-xa-42", world.ws.now())
    return world


@pytest.fixture
def back_up(commune: World) -> BackUp:
    """Back the commune up into a file."""

    def create(out: Path, *, with_key: bool = False, progress=lambda title, done, total: None) -> Manifest:
        ws = commune.ws
        return create_backup(commune.data, ws.name, out, time=ws.now(), with_key=with_key, progress=progress)

    return create
