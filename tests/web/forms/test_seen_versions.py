"""Every form carries the version of what it shows, or is known to rest on nothing that could be changed."""

from support.visitors import Site, csrf
from support.world import TASK, World
from werkzeug.routing import Rule

from cchc_flow import commands
from cchc_flow.web.http.security import SAFE

RESTS_ON_NOTHING = {
    "setup.create_first": "there is no workspace yet",
    "setup.create": "closes with the first person",
    "sessions.create": "the password names its person",
    "sessions.end": "ends the session of who sends it",
    "account.change_password": "asks for the password in use",
    "account.end_session": "names the session, which ends once",
    "account.end_other_sessions": "all but one's own, whichever there are",
    "saved_views.create": "adds a view of one's own",
    "saved_views.rename": "names one's own view, which nobody else sees",
    "saved_views.delete": "the same",
    "inbox.mark_read": "carries the position up to which it was read",
    "directory.create_unit": "adds; a name that is taken is refused",
    "directory.create_person": "adds; a login that is taken is refused",
    "erasures.create": "an event never changes, and a content is erased once",
    "plans.create_reading": "reads a document and changes nothing",
    "plans.create": "names the document by its digest; a year has one plan",
    "unfinished.create_edit": "keeps one's own draft of the form",
    "unfinished.discard": "forgets one's own draft",
    "learning.create_discard": "what was learned until now; who is second changes nothing",
    "corrections.create": "changes one's own draft of the form",
    "assigning.create": "each row of its table carries a version of its own",
    "bulk.create": "each of the items that it selects carries a version of its own",
    "registers.create_entry": "adds an entry",
    "registers.create_table": "adds entries",
    "inspections.create": "opens an inspection",
    "inspections.create_finding": "adds an observation",
    "issued_documents.create": "gives a document a number",
    "targets.create_suggested": "decides only about measures that nobody has decided about",
    "targets.create_counted": "keeps what the registers say now; who is second changes nothing",
    "verification.create": "changes nothing",
    "document_checks.create": "changes nothing",
    "receipt_checks.create": "changes nothing",
    "witnesses.ask": "asks about whatever the newest checkpoint is",
    "witnesses.take": "keeps what a witness signed, unless what is kept is newer",
    "bundles.create": "takes out what the form asks for, as it is now, and records that",
    "content_checks.create": "changes nothing",
    "exports.create": "takes out what the address asks for, and records that",
    "questions.create_table": "takes out what the address asks for, and records that",
    "clock.create_confirmation": "carries the time that the page showed",
    "membership.create": "joins the province that the form names; who belongs to one already is refused",
    "membership.leave": "leaves the only province there is; who is second is refused",
    "province_members.create": "adds a commune to the list",
    "province_templates.create_reading": "reads a document and changes nothing",
    "province_templates.create": "names the document by its digest, and the template that it replaces",
    "province_templates.create_giving": "gives to the named communes; who is second changes nothing",
    "province_templates.create_delivery": "brings what is given; who is second changes nothing",
    "plan_templates.create_put_aside": "puts the named template aside; who is second is refused",
    "province_members.remove": "takes the named commune from the list; who is second is refused",
}
"""The forms without a version, by endpoint, each with the reason."""
VALUES = {
    "workspace": "xa-mau",
    "item_id": TASK,
    "fact": "assignments",
    "unit": "tram-y-te",
    "person": "lan",
    "name": "review",
    "plugin": "petitions",
    "key": "days",
    "sort": "units",
    "holder": "tram-y-te",
    "act": "assignments",
    "plan": "2026",
    "digest": "0" * 64,
    "period": "2026-02",
    "section": "1",
    "position": 1,
    "ref": "II.1",
    "number": 1,
    "question": "returned-often",
    "audit": TASK,
    "planned": "x",
}


def address(site: Site, rule: Rule) -> str:
    return site.app.url_map.bind("localhost").build(
        rule.endpoint, {name: VALUES[name] for name in rule.arguments}
    )


def test_a_form_without_the_version_of_what_it_showed_is_refused_by_every_other_route(
    site: Site, world: World
) -> None:
    commands.add_person(world.ws, "quan", "Hồ Minh Quân", None, None, world.order(), roles=["admin"])
    for role in ("coordinator", "inspector"):
        commands.grant_role(world.ws, "quan", role, world.order())
    client, size = site.visitor("quan"), world.ws.log.size()
    form = {"csrf_token": csrf(client.get("/xa-mau/account").text), "command_id": "1", "to": "assigned"}
    unsafe = [rule for rule in site.app.url_map.iter_rules() if (rule.methods or set()) - SAFE]
    checked = [rule for rule in unsafe if rule.endpoint not in RESTS_ON_NOTHING]
    for rule in checked:
        answer = client.post(address(site, rule), data=form)
        assert answer.status_code == 422, rule.endpoint
        assert "Biểu mẫu thiếu phiên bản" in answer.text, rule.endpoint
    assert world.ws.log.size() == size
    assert len(checked) >= 13
    assert RESTS_ON_NOTHING.keys() <= {rule.endpoint for rule in unsafe}
