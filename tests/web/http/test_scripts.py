"""The scripts of a page in one file, its style sheets in another."""

import re

import pytest


def test_the_scripts_of_a_page_come_in_one_file_that_may_be_kept_for_a_year(get, site):
    page = get("hoa", "board").text
    address = re.findall(r'src="(/static/bundles/base\.focus\.live\.board[\w.-]*\.js\?v=\w{12})"', page)[0]
    bundle = site.app.test_client().get(address)
    assert bundle.mimetype == "text/javascript"
    assert "max-age=31536000" in bundle.headers["Cache-Control"]
    for words in ("AbortSignal.timeout", "Sortable.create"):
        assert words in bundle.text


@pytest.mark.parametrize("file", ["live", "none.js", "..%2fcss.js", "live.live.live.live.js" * 20, ""])
def test_a_bundle_of_what_is_no_script_does_not_exist(site, file):
    assert site.app.test_client().get(f"/static/bundles/{file}").status_code == 404


def test_the_style_sheets_of_a_page_come_in_one_file(get, site):
    address = re.findall(
        r'href="(/static/bundles/base\.nav\.print\.board\.css\?v=\w{12})"', get("hoa", "board").text
    )[0]
    bundle = site.app.test_client().get(address)
    assert bundle.mimetype == "text/css"
    assert "@font-face" in bundle.text and ".lanes" in bundle.text


def test_a_script_in_a_bundle_exports_nothing(get, site):
    bundle = site.app.test_client().get("/static/bundles/base.days.js").text
    assert not re.search(r"^(export|import) ", bundle, re.MULTILINE)


@pytest.mark.parametrize("file", ["base.live.board.js", "base.nav.print.board.css"])
def test_what_is_written_for_who_reads_a_file_does_not_travel(site, file):
    bundle = site.app.test_client().get(f"/static/bundles/{file}").text
    assert not re.search(r"^ *//|/\*", bundle, re.MULTILINE)
