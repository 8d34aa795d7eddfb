"""Send a form as a browser without scripts does: open its page, keep its hidden fields, fill in, post."""

import html
import re
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def send(client: FlaskClient, page: str, action: str, **filled: Any) -> TestResponse:
    """Return the answer to the form of a page that posts to `action`."""
    shown = client.get(page)
    assert shown.status_code == 200, (page, shown.status_code)
    return client.post(action, data=hidden(shown.text, action) | filled)


def hidden(page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form that posts to `action` (an empty action: to its own page)."""
    fields = hidden_or_none(page, action)
    assert fields, f"no form posts to {action}"
    return fields


def hidden_or_none(page: str, action: str) -> dict[str, str]:
    """Return the hidden fields of the form that posts to `action`, none if the page has no such form."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        target = re.search(r'action="([^"]*)"', form)
        if target is None or html.unescape(target[1]) == action:
            return {name: html.unescape(value) for name, value in HIDDEN.findall(form)}
    return {}
