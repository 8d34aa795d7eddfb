"""What is answered goes compressed, unless another site had the browser ask for it."""

from pathlib import Path

import brotli
import pytest
from support.visitors import Site

BOARD = "/xa-mau/board"
STYLE = "/static/css/base.css"
TAKES = {"Accept-Encoding": "gzip, deflate, br, zstd"}


def encoding(site: Site, page: str, base: str = "http://localhost", **headers: str) -> str | None:
    with site.visitor("hoa").get(page, base_url=base, headers=TAKES | headers) as answer:
        assert answer.status_code == 200
        return answer.headers.get("Content-Encoding")


def test_a_page_goes_compressed_and_is_the_same_page(site: Site) -> None:
    visitor = site.visitor("hoa")
    answer = visitor.get(BOARD, headers=TAKES)
    assert answer.headers["Content-Encoding"] == "br"
    assert "Accept-Encoding" in answer.headers["Vary"] and "HX-Request" in answer.headers["Vary"]
    page = brotli.decompress(answer.data).decode()
    assert page.startswith("<!doctype html>") and page.rstrip().endswith("</html>")
    assert len(answer.data) < len(page.encode()) / 3


def test_a_browser_that_takes_gzip_only_gets_gzip_and_one_that_takes_none_gets_none(site: Site) -> None:
    assert encoding(site, BOARD, **{"Accept-Encoding": "gzip"}) == "gzip"
    assert encoding(site, BOARD, **{"Accept-Encoding": "identity"}) is None


def test_static_files_go_compressed_but_typefaces_do_not(site: Site) -> None:
    assert encoding(site, STYLE) == encoding(site, "/static/js/base.js") == "br"
    assert encoding(site, "/static/vendor/commune-sans.woff2") is None


@pytest.mark.parametrize("by", ["cross-site", "same-site"])
def test_what_another_site_asks_for_is_not_compressed(site: Site, by: str) -> None:
    assert encoding(site, BOARD, **{"Sec-Fetch-Site": by}) is None
    assert encoding(site, BOARD, **{"Sec-Fetch-Site": "same-origin"}) == "br"
    assert encoding(site, BOARD, **{"Sec-Fetch-Site": "none"}) == "br"


def test_over_https_a_browser_that_does_not_say_who_asks_gets_no_compression(site: Site) -> None:
    assert encoding(site, STYLE, base="https://localhost") is None
    assert encoding(site, STYLE, base="https://localhost", **{"Sec-Fetch-Site": "same-origin"}) == "br"


@pytest.mark.parametrize("file", [STYLE, "/static/vendor/commune-sans.woff2"])
def test_a_static_file_is_read_and_closed_before_its_answer_goes(site: Site, file: str) -> None:
    with site.app.test_client().get(file, headers=TAKES) as answer:
        assert answer.status_code == 200
        opened = {link.resolve().name for link in Path("/proc/self/fd").iterdir()}
        assert Path(file).name not in opened
