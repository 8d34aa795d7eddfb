"""The blueprints of the application, one for each resource."""

from cchc_flow.web import health
from cchc_flow.web.admin import absences, clock, directory, handovers, settings, setup, start
from cchc_flow.web.areas import registers
from cchc_flow.web.areas import views as areas
from cchc_flow.web.board import documents, listing
from cchc_flow.web.board import views as board
from cchc_flow.web.bulk import views as bulk
from cchc_flow.web.commune_reports import preview as report_previews
from cchc_flow.web.commune_reports import register as issued_documents
from cchc_flow.web.commune_reports import views as commune_reports
from cchc_flow.web.inspections import samples
from cchc_flow.web.inspections import views as inspections
from cchc_flow.web.items import evidence, moves, signatures, steps, workflow_drawing
from cchc_flow.web.items import views as items
from cchc_flow.web.live import changes
from cchc_flow.web.log import (
    bundles,
    comparisons,
    content_checks,
    document_checks,
    erasures,
    events,
    exports,
    questions,
    reads,
    receipt_checks,
    verification,
    witnesses,
)
from cchc_flow.web.me import account, calendar, inbox, saved_views, sessions, work
from cchc_flow.web.overview import grading, month, progress, reports
from cchc_flow.web.overview import views as overview
from cchc_flow.web.plans import assigning, corrections, learning, unfinished
from cchc_flow.web.plans import templates as plan_templates
from cchc_flow.web.plans import views as plans
from cchc_flow.web.province import members as province_members
from cchc_flow.web.province import membership
from cchc_flow.web.province import overview as province_overview
from cchc_flow.web.province import search as province_search
from cchc_flow.web.province import templates as province_templates
from cchc_flow.web.targets import forms as target_forms
from cchc_flow.web.targets import views as targets

BLUEPRINTS = (
    health.bp,
    start.bp,
    setup.bp,
    sessions.bp,
    account.bp,
    saved_views.bp,
    work.bp,
    changes.bp,
    inbox.bp,
    calendar.bp,
    absences.bp,
    directory.bp,
    handovers.bp,
    settings.bp,
    clock.bp,
    plans.bp,
    unfinished.bp,
    corrections.bp,
    learning.bp,
    plan_templates.bp,
    assigning.bp,
    areas.bp,
    registers.bp,
    board.bp,
    overview.bp,
    month.bp,
    progress.bp,
    reports.bp,
    commune_reports.bp,
    report_previews.bp,
    issued_documents.bp,
    targets.bp,
    target_forms.bp,
    listing.bp,
    documents.bp,
    bulk.bp,
    grading.bp,
    items.bp,
    steps.bp,
    moves.bp,
    evidence.bp,
    signatures.bp,
    events.bp,
    comparisons.bp,
    questions.bp,
    reads.bp,
    erasures.bp,
    verification.bp,
    witnesses.bp,
    document_checks.bp,
    receipt_checks.bp,
    exports.bp,
    bundles.bp,
    content_checks.bp,
    inspections.bp,
    samples.bp,
    workflow_drawing.bp,
    province_members.bp,
    province_overview.bp,
    province_search.bp,
    province_templates.bp,
    membership.bp,
)
