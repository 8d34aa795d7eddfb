"""Walk through the pages of a site as a person, and gather the forms on them as a browser sees them."""

from collections import deque
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import msgspec
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import HTTPException


class SeenForm(msgspec.Struct):
    """A form on a page: where it is sent and how, its fields and their values, and those for files."""

    page: str
    action: str
    method: str
    fields: dict[str, str]
    files: list[str]


class _Page(HTMLParser):
    """Gathers the links and forms of one page."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.path, self.links, self.forms = path, list[str](), list[SeenForm]()
        self._select, self._textarea = "", ""

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attributes}
        self.links += [found[name] for name in ("href", "hx-get", "data-src") if name in found]
        if tag == "form":
            action = urljoin(self.path, found.get("action") or self.path)
            self.forms.append(SeenForm(self.path, action, found.get("method", "get").upper(), {}, []))
        elif self.forms:
            self._handle_field(tag, found)

    def _handle_field(self, tag: str, found: dict[str, str]) -> None:
        form, name = self.forms[-1], found.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select and (self._select not in form.fields or "selected" in found):
            form.fields[self._select] = found.get("value", "")
        elif tag == "textarea":
            self._textarea = name
            form.fields[name] = ""
        elif tag in {"input", "button"} and name:
            if found.get("type") == "file":
                form.files.append(name)
            elif found.get("type") not in {"checkbox", "radio"} or name not in form.fields:
                form.fields[name] = found.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        self._select = "" if tag == "select" else self._select
        self._textarea = "" if tag == "textarea" else self._textarea

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.forms[-1].fields[self._textarea] += data


def pages(app: Flask, client: FlaskClient, start: str, each: int = 2) -> Iterator[_Page]:
    """Yield the pages that links lead to from the first one, at most `each` of every route."""
    queue, known, seen = deque([start]), {start}, dict[str, int]()
    while queue:
        path = queue.popleft()
        endpoint = _endpoint(app, path)
        if endpoint is None or seen.get(endpoint, 0) >= each:
            continue
        answer = client.get(path)
        if answer.status_code in {302, 303}:
            _add(queue, known, urljoin(path, answer.headers["Location"]))
        if answer.status_code != 200:
            continue
        seen[endpoint] = seen.get(endpoint, 0) + 1  # of files as well: a PDF may take seconds
        if answer.mimetype != "text/html":
            continue
        page = _Page(path)
        page.feed(answer.get_data(as_text=True))
        for link in page.links:
            _add(queue, known, urljoin(path, link))
        yield page


def _add(queue: deque[str], known: set[str], url: str) -> None:
    parts = urlsplit(url)
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if not parts.netloc and path not in known:
        known.add(path)
        queue.append(path)


def _endpoint(app: Flask, path: str) -> str | None:
    """Return the endpoint of a page that can be asked for, with the kind or the step that it is about."""
    try:
        endpoint, arguments = app.url_map.bind("localhost").match(urlsplit(path).path, "GET")
    except HTTPException:
        return None
    about = [arguments[name] for name in ("fact", "kind", "name", "plugin") if name in arguments]
    return None if endpoint == "static" else " ".join([endpoint, *about])


def parameters_of_forms(forms: Iterator[SeenForm]) -> set[str]:
    """Return the names of all fields."""
    return {name for form in forms for name in form.fields}
