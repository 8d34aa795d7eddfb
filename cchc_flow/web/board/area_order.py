"""The reform areas in the order of the plan, which is how people look for them."""

from functools import lru_cache

from sqlite_utils import Database

from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host.contributions import areas, recognise_area
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import plans


def areas_in_plan_order(db: Database, plugins: Plugins) -> tuple[Area, ...]:
    """Return the areas of all plugins as the newest plan has them; those that it does not name come last."""
    plan = next((one.id for one in plans.plans(db)), None)
    return _sort_by_plan(plugins, tuple(area.title for area in plans.areas(db, plan)))


@lru_cache(64)
def _sort_by_plan(plugins: Plugins, titles: tuple[str, ...]) -> tuple[Area, ...]:
    known = areas(plugins)
    named = [area for title in titles if (area := recognise_area(title, known))]
    return tuple(sorted(known, key=lambda area: named.index(area) if area in named else len(named)))
