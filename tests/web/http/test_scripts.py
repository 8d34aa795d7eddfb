"""The scripts of a page in one file, its style sheets in another."""

import re
from pathlib import Path

import pytest
from flask import Flask

from cchc_flow import web
from cchc_flow.web.http.scripts import version_of

SCRIPTS = Path(web.__file__).parent / "static/js"


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
        r'href="(/static/bundles/base\.nav\.print\.board\.bar\.area-colours\.css\?v=\w{12})"',
        get("hoa", "board").text,
    )[0]
    bundle = site.app.test_client().get(address)
    assert bundle.mimetype == "text/css"
    assert "@font-face" in bundle.text and ".lanes" in bundle.text


def test_a_script_in_a_bundle_exports_nothing(get, site):
    bundle = site.app.test_client().get("/static/bundles/base.days.js").text
    assert not re.search(r"^(export|import) ", bundle, re.MULTILINE)


def test_the_colours_of_the_areas_come_with_the_style_sheets(site):
    visitor = site.app.test_client()
    assert visitor.get("/static/bundles/nav.area-colours.css").status_code == 200
    assert visitor.get("/static/bundles/nav.area-colours.js").status_code == 404


@pytest.mark.parametrize("file", [path.name for path in SCRIPTS.glob("*.js")])
def test_no_words_of_a_script_look_like_a_remark_behind_its_line(file):
    for line in (SCRIPTS / file).read_text(encoding="utf-8").splitlines():
        words, mark, _ = re.sub(r"^ *//.*", "", line).partition(" //")
        assert not mark or words.count('"') % 2 == words.count("`") % 2 == 0, line


def test_no_words_of_a_script_go_over_several_lines():
    """Else the blanks before a line would be theirs."""
    for file in SCRIPTS.glob("*.js"):
        code = [line for line in file.read_text(encoding="utf-8").splitlines() if not re.match(" *//", line)]
        assert [line for line in code if line.count("`") % 2] == [], file


@pytest.mark.parametrize("file", ["base.live.board.js", "base.nav.print.board.css"])
def test_what_is_written_for_who_reads_a_file_does_not_travel(site, file):
    bundle = site.app.test_client().get(f"/static/bundles/{file}").text
    assert not re.search(r"^ *//|/\*", bundle, re.MULTILINE)


def test_a_module_imports_others_by_what_is_in_them(site):
    client = site.app.test_client()
    folder = Path(site.app.static_folder) / "js"
    imported = 0
    for file in sorted(folder.glob("*.js")):
        for address in re.findall(r'\bfrom "([^"]+)"', client.get(f"/static/js/{file.name}").text):
            assert re.fullmatch(r"\./[\w-]+\.js\?v=\w{12}", address), (file.name, address)
            answer = client.get(f"/static/js/{address.removeprefix('./')}")
            assert "max-age=31536000" in answer.headers["Cache-Control"]
            imported += 1
    assert imported > 1


def test_what_is_asked_for_by_another_mark_is_not_kept(site):
    for file in ("js/drafts.js", "bundles/base.live.js", "css/forms.css"):
        answer = site.app.test_client().get(f"/static/{file}?v={'0' * 12}")
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")


def test_a_changed_module_changes_the_mark_of_those_that_import_it(tmp_path):
    marks = []
    for words in ("1", "2"):
        folder = tmp_path / words / "js"
        folder.mkdir(parents=True)
        (folder / "store.js").write_text(f"export const kept = {words};\n")
        (folder / "drafts.js").write_text('import { kept } from "./store.js";\n')
        app = Flask("tried", static_folder=str(folder.parent))
        with app.test_request_context():
            marks.append(version_of("js/drafts.js"))
    assert marks[0] != marks[1]
