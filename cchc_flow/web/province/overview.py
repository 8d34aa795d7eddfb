"""The overview of a province: its communes' figures, each of which leads into the commune that it is of."""

import io
import time
from datetime import date
from typing import Any

from flask import Blueprint, current_app, g, render_template, request, send_file
from flask.typing import ResponseReturnValue as Answer

from cchc_flow.commands import provinces
from cchc_flow.homes import find_home
from cchc_flow.plugin_host import contributions
from cchc_flow.projections import province
from cchc_flow.province.figures import ORDERS, add_counts, area_rows, find_sightings, sort_sightings
from cchc_flow.province.overview import Commune, ProvinceOverview, Sighting
from cchc_flow.province.summary_store import SummaryStore, edition_of
from cchc_flow.province.table import XLSX, write_table
from cchc_flow.web.board.count_labels import bar
from cchc_flow.web.board.query import parse_past_day
from cchc_flow.web.http.tenancy import served_workspaces
from cchc_flow.web.province.frame import commune_lender, in_province
from cchc_flow.workflow.calendar import STANDINGS, local_day
from cchc_flow.workspace import Workspace

bp = Blueprint("province_overview", __name__, url_prefix="/<workspace>/province/overview")
SECONDS = 2.0
"""For how long an answer reads communes that wait to be read; the next answer goes on."""
OVERVIEWS = "cchc-province-overviews"
OTHER_AREA = "Nội dung khác"


@bp.get("")
@in_province()
def show() -> str:
    """Show what is known of the communes now; the page fetches what is not, some communes at a time."""
    found = _read() if "read" in request.args else kept_overview().look(listed_communes(), _day())
    return render_template("province/overview.html", **_context(found))


@bp.get("/figures")
@in_province()
def figures() -> str:
    """Read communes for a while, and show the figures; while some wait to be read, the page asks again."""
    return render_template("province/_figures.html", **_context(_read()))


@bp.get("/table.xlsx")
@in_province()
def table() -> Answer:
    """Give the table of the communes as .xlsx, with the position of the log that each row comes from."""
    content = write_table(sort_sightings(_read(), ""), g.ws.title, _day())
    name = f"tong-quan-{g.ws.name}-{_day().isoformat()}.xlsx"
    return send_file(io.BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


def _read() -> list[Sighting]:
    """Read communes that wait to be read, for a while, and return what is known of all."""
    return kept_overview().read_waiting(listed_communes(), _day(), until=time.monotonic() + SECONDS)


def _day() -> date:
    """Return the day that is asked for, today without one; raise BadInput for a day to come."""
    today = local_day(g.ws.now())
    return parse_past_day(request.args.get("as_of", ""), today) or today


def listed_communes() -> list[Commune]:
    return [Commune(one.workspace, one.name) for one in province.communes(g.db)]


def kept_overview() -> ProvinceOverview:
    """Return the overview of this province that the process keeps; its pages and templates share it."""
    kept: dict[str, ProvinceOverview] = current_app.extensions.setdefault(OVERVIEWS, {})
    if g.ws.name not in kept:
        kept[g.ws.name] = _new_overview(g.ws)
    return kept[g.ws.name]


def _new_overview(ws: Workspace) -> ProvinceOverview:
    served, name = served_workspaces(), ws.name

    def is_open_to_us(commune: Workspace) -> bool:
        with served.opened.borrow(name) as (its_province, _):
            return provinces.belongs_to(commune, its_province)

    store = SummaryStore(ws.folder / "summaries.db", edition_of(ws.plugins))
    return ProvinceOverview(store, commune_lender(), find_home(served.data), is_open_to_us, served.now)


def _context(sightings: list[Sighting]) -> dict[str, Any]:
    """Return what the template shows."""
    order, words, day = request.args.get("order", ""), request.args.get("q", "").strip()[:100], _day()
    read = [one for one in sightings if one.summary]
    total = add_counts(one.summary.counts for one in read if one.summary)
    titles = {area.key: area.title for area in contributions.areas(g.ws.plugins)}
    is_over = day < local_day(g.ws.now())
    return {
        "sightings": sort_sightings(find_sightings(sightings, words), order),
        "number": len(sightings),
        "read": len(read),
        "waiting": sum(one.is_waiting for one in sightings),
        "troubles": [one for one in sightings if one.trouble],
        "counts": total,
        "bar": bar(total),
        "standings": STANDINGS,
        "areas": area_rows(read, titles, OTHER_AREA),
        "order": order if order in ORDERS else "",
        "words": words,
        "day": day,
        "last_day": local_day(g.ws.now()),
        "as_of": day.isoformat() if is_over else None,
    }
