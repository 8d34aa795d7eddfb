"""What the pages of a province share: they are there in the workspace of a province only."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import wraps
from typing import Any, TypeVar

from flask import g

from cchc_flow.errors import NotFound
from cchc_flow.projections import province
from cchc_flow.web.http.tenancy import require_role, served_workspaces
from cchc_flow.workflow.provinces import PROVINCE_ROLES
from cchc_flow.workspace import Workspace

View = TypeVar("View", bound=Callable[..., Any])


def in_province(*roles: str) -> Callable[[View], View]:
    """Return the decorator of a page of a province for people with one of the roles there.

    Elsewhere it is as if the page did not exist. Without roles it is for who may read the communes.
    """

    def guard(view: View) -> View:
        @wraps(view)
        def guarded_view(*args: Any, **kwargs: Any) -> Any:
            if province.own_name(g.db) is None:
                raise NotFound("Không có trang này.", "Trang này chỉ có ở không gian của tỉnh.")
            require_role(*(roles or PROVINCE_ROLES))
            return view(*args, **kwargs)

        guarded_view.roles = frozenset(roles or PROVINCE_ROLES)  # type: ignore[attr-defined]
        return guarded_view  # type: ignore[return-value]

    return guard


def commune_lender() -> Callable[[str], AbstractContextManager[Workspace]]:
    """Return what gives a commune's workspace for a moment, also to threads that answer no request."""
    opened = served_workspaces().opened

    @contextmanager
    def borrow(name: str) -> Iterator[Workspace]:
        with opened.borrow(name) as (ws, _):
            yield ws

    return borrow
