"""The reform areas in the order of the plan, in which people look for them."""

from datetime import date
from functools import lru_cache

from sqlite_utils import Database

from cchc_flow.hookspecs import Area
from cchc_flow.plugin_host.contributions import areas, recognise_area
from cchc_flow.plugin_host.loading import Plugins
from cchc_flow.projections import plans


def areas_in_plan_order(db: Database, plugins: Plugins, day: date) -> tuple[Area, ...]:
    """Return the areas of all plugins in the order of the plan of a day; those it does not name come last."""
    plan = plans.plan_of_day(db, day)
    return _sort_by_plan(plugins, tuple(area.title for area in plans.areas(db, plan.id)) if plan else ())


@lru_cache(64)
def _sort_by_plan(plugins: Plugins, titles: tuple[str, ...]) -> tuple[Area, ...]:
    """Return the plugins' areas in the order of these titles of a plan, cached."""
    plugin_areas = areas(plugins)
    planned = [area for title in titles if (area := recognise_area(title, plugin_areas))]
    return tuple(
        sorted(plugin_areas, key=lambda area: planned.index(area) if area in planned else len(planned))
    )
