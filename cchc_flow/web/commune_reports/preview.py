"""A report of the commune as it will print, its files, and the events behind each of its figures."""

import msgspec
from flask import Blueprint, Response, g, render_template, url_for

from cchc_flow.audit import naming
from cchc_flow.audit import trail as history
from cchc_flow.audit.evidence import load_evidence
from cchc_flow.audit.sentences import event_sentence
from cchc_flow.commands.report_sections import load_report
from cchc_flow.documents.preview import draw_preview
from cchc_flow.errors import NotFound
from cchc_flow.projections.cards.queries import Card
from cchc_flow.reporting.figures import Figure
from cchc_flow.web.commune_reports.loading import ISSUED, READERS, build, frozen_file, signed_file
from cchc_flow.web.http.downloads import download, send_document
from cchc_flow.web.http.reading import record_content
from cchc_flow.web.http.tenancy import needs_role

bp = Blueprint("report_previews", __name__, url_prefix="/<workspace>/reports/<period>")
MOST_EVENTS = 300
"""The page of a figure lists that many events; the file inside the PDF names them all."""
SOURCES = {"log": "Đếm từ các sự kiện trong nhật ký", "reported": "Do đơn vị báo cáo"}


class FigureEvent(msgspec.Struct, frozen=True):
    """An event behind a figure; `item` is the card of its item, and None when the reader may not read it."""

    position: int
    recordedtime: str
    sentence: str
    item: Card | None


@bp.get("/preview", endpoint="show")
@needs_role(*READERS)
def show_preview(period: str) -> Response:
    """Show the report as it will print; each figure leads to its events."""
    report = load_report(g.ws, g.db, period)
    ways = (
        (url_for("commune_reports.show", period=period), "‹ Về trang báo cáo"),
        (url_for("report_previews.figures", period=period), "Mọi số liệu"),
    )
    preview = draw_preview(build(report).document, lambda key: _address(period, key), ways, g.ws.templates)
    return Response(preview.html, headers={"Content-Security-Policy": preview.policy})


@bp.get("/figures", endpoint="figures")
@needs_role(*READERS)
def list_figures(period: str) -> str:
    """List all figures of the report, in the order in which they were counted."""
    report = load_report(g.ws, g.db, period)
    return render_template(
        "commune_reports/figures.html",
        report=report,
        figures=build(report).figures,
        address=lambda key: _address(period, key),
    )


@bp.get("/figures/<path:key>", endpoint="figure")
@needs_role(*READERS)
def show_figure(period: str, key: str) -> str:
    """Show one figure: its value, what it rests on, and the events behind it."""
    report = load_report(g.ws, g.db, period)
    figure = next((figure for figure in build(report).figures if figure.key == key), None)
    if figure is None:
        raise NotFound("Báo cáo không có số liệu này.", "Số liệu có thể đã đổi; hãy mở lại bản xem trước.")
    return render_template(
        "commune_reports/figure.html",
        report=report,
        figure=figure,
        source=_source_words(figure),
        events=[_figure_event(position) for position in figure.positions[:MOST_EVENTS]],
    )


@bp.get("/draft.<ending>", endpoint="draft")
@needs_role(*READERS)
def download_draft(period: str, ending: str) -> Response:
    """Send the report as it stands as a file: without number and day, a draft."""
    report = load_report(g.ws, g.db, period)
    if report.issued:
        raise NotFound(f"{report.title} đã ban hành.", "Hãy tải tệp đã ban hành ở trang của báo cáo.")
    return send_document(build(report).document, f"du-thao-bao-cao-{period}", ending)


@bp.get("/files/<int:position>.<ending>", endpoint="file")
@needs_role(*READERS)
def download_file(period: str, position: int, ending: str) -> Response:
    """Send a frozen file of the report that the event at a position issued, byte for byte."""
    file = frozen_file(position, ending, of=ISSUED)
    if file is None or g.ws.log.event(position).data["period"] != period:
        raise NotFound("Báo cáo không có tệp này.", "Hãy mở lại trang của báo cáo.")
    number = g.ws.log.event(position).data["number"]
    name = f"{g.ws.name}-bao-cao-{period}-so-{number:02d}.{ending}"
    record_content(file.file.content.digest)
    return download(load_evidence(g.ws, file.file), name, file.file.content.media_type)


@bp.get("/signed/<int:position>.pdf", endpoint="signed")
@needs_role(*READERS)
def download_signed(period: str, position: int) -> Response:
    """Send a signed file of the report, byte for byte as it was kept."""
    file = signed_file(position, period)
    if file is None:
        raise NotFound("Báo cáo không có bản đã ký này.", "Hãy mở lại trang của báo cáo.")
    name = f"{g.ws.name}-bao-cao-{period}-so-{file.number:02d}-da-ky.pdf"
    record_content(file.file.content.digest)
    return download(load_evidence(g.ws, file.file), name, file.file.content.media_type)


def _address(period: str, key: str) -> str:
    return url_for("report_previews.figure", period=period, key=key)


def _source_words(figure: Figure) -> str:
    """Return in words where a figure is from; a plugin by its title."""
    plugin = figure.source.removeprefix("plugin:")
    if plugin != figure.source:
        return f"Tính theo quy tắc của lĩnh vực «{naming.all_names(g.ws, g.db).get(figure.source, plugin)}»"
    return SOURCES.get(figure.source, figure.source)


def _figure_event(position: int) -> FigureEvent:
    event = g.ws.log.event(position)
    if history.is_hidden(g.db, event.stream, g.reader):
        return FigureEvent(position, event.recordedtime, history.HIDDEN, None)
    names = naming.names_for_event(g.db, event, naming.all_names(g.ws, g.db))
    item = history.find_card(g.db, event.stream)
    return FigureEvent(position, event.recordedtime, event_sentence(event, names), item)


list_figures.section = show_figure.section = "overview"  # type: ignore[attr-defined]
