"""The forms of a page as a person sees them: filled in right, with one field wrong, and as they come back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from urllib.parse import urljoin

import lxml.html
import msgspec
from flask.testing import FlaskClient
from lxml.html import FormElement, HtmlElement
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

LONG = "chữ rất dài " * 3_000
"""Longer than any text may be."""
PLAN = """ỦY BAN NHÂN DÂN XÃ MẪU

KẾ HOẠCH
Cải cách hành chính năm 2027

III. NHIỆM VỤ
1. Cải cách thể chế
1.1. Rà soát văn bản quy phạm pháp luật, hoàn thành trước ngày 30/6/2027.
"""
NOT_FILLED = {"hidden", "submit", "button", "reset", "image"}
CHOSEN = {"select", "checkbox", "radio"}
"""Sorts of which a page offers what there is to choose: another value can only be forged, and is not kept."""
Sent = str | tuple[str, bytes]
"""What is sent for a field: words, or the name and content of a file."""
Values = MultiDict[str, Sent]


class Blank(msgspec.Struct, frozen=True):
    """One field that a person fills in: its name, of which sort it is, and what it offers or accepts."""

    name: str
    sort: str
    options: tuple[str, ...] = ()
    accepts: str = ""
    is_needed: bool = False


class PageForm:
    """A form that changes something, on the page where it was drawn."""

    def __init__(self, page: str, form: FormElement, action: str = "") -> None:
        self.form = form
        self.page = page
        self.action = urljoin(page, action or form.get("action") or page)

    def blanks(self) -> list[Blank]:
        """Return the fields that a person fills in, each name once."""
        found: dict[str, Blank] = {}
        for element in self._inputs():
            name, sort = element.get("name"), _sort(element)
            if sort in NOT_FILLED:
                continue
            options = (*(found[name].options if name in found else ()), *_options(element))
            needed = element.get("required") is not None
            found[name] = Blank(name, sort, options, element.get("accept") or "", needed)
        return list(found.values())

    def hidden(self) -> Values:
        """Return the values of the fields that the page fills in by itself."""
        hidden = [one for one in self._inputs() if _sort(one) == "hidden"]
        return MultiDict((one.get("name"), one.get("value") or "") for one in hidden)

    def written(self) -> MultiDict[str, str]:
        """Return what stands in the fields that a person fills in, without files and passwords."""
        shown = [one for one in self._inputs() if _sort(one) not in NOT_FILLED | {"file", "password"}]
        return MultiDict((one.get("name"), value) for one in shown for value in _value(one))

    def filled(self, special: Mapping[str, str]) -> Values:
        """Return the values of the whole form, filled in right; `special` has those of some names."""
        values, written = self.hidden(), self.written()
        for blank in self.blanks():
            values.setlist(blank.name, _right_values(blank, written.getlist(blank.name), special))
        return values

    def told_beside(self, name: str) -> str:
        """Return the sentence beside a field, "" where there is none."""
        place = "ancestor::*[contains(@class, 'field') or self::tr or self::li][1]"
        beside = self.form.xpath(f".//*[@name=$name]/{place}//*[contains(@class, 'field-error')]", name=name)
        beside += self.form.xpath(".//*[@id=$id]", id=f"{name}-error")
        return " ".join(_words(one) for one in beside)

    def send(self, client: FlaskClient, values: Values) -> TestResponse:
        """Send the form as a browser without scripts does."""
        data = {name: [_sent(one) for one in values.getlist(name)] for name in values}
        return client.post(self.action, data=data, content_type="multipart/form-data")

    def _inputs(self) -> Iterator[HtmlElement]:
        """Yield the inputs that are sent with the form."""
        for one in self.form.xpath(".//input | .//select | .//textarea"):
            if one.get("name") and one.get("disabled") is None:
                yield one


SENDING = ".//*[@formaction and not(@formnovalidate)]/@formaction"


def forms_on(page: str, text: str) -> list[PageForm]:
    """Return the forms of a page that change something; one whose buttons send it elsewhere once for each.

    A button that asks for no valid form (`formnovalidate`) takes what is in it as it is: no fault is told.
    """
    forms = lxml.html.fromstring(text).xpath("//form[@method='post']")
    ways = [(form, action) for form in forms for action in form.xpath(SENDING) or [""]]
    return [PageForm(page, form, str(action)) for form, action in ways]


def told_at_head(text: str) -> str:
    """Return what a page says to be wrong, above its form."""
    return " ".join(_words(one) for one in lxml.html.fromstring(text).xpath("//main//*[@role='alert']"))


def wrong_values(blank: Blank) -> list[list[Sent]]:
    """Return what no field of this sort takes, for one that is needed also nothing; each may be wrong."""
    wrong: dict[str, list[list[Sent]]] = {
        "day": [["31/02/2026"]],
        "number": [["bốn mươi"]],
        "decimal": [["mười hai"]],
        "select": [["không có"]],
        "radio": [["không có"]],
        "checkbox": [["không có"]] if len(blank.options) > 1 else [],
        "file": [[("bẫy.exe", b"MZ")]] if blank.accepts else [],
        "password": [["ngắn"]],
    }
    return [*([[]] if blank.is_needed else []), *wrong.get(blank.sort, [[LONG]])]


def _right_values(blank: Blank, drawn: Sequence[str], special: Mapping[str, str]) -> list[Sent]:
    """Return what a person may send for a field: something else than stands there, if it can be told what."""
    match blank.sort:
        case _ if blank.name in special:
            return [special[blank.name]]
        case "checkbox" | "radio":
            return list(drawn or blank.options[:1])
        case "select":
            return [next((one for one in blank.options if one and one not in drawn), drawn[0])]
        case "file" if ".txt" in blank.accepts:
            return [("kế hoạch.txt", PLAN.encode())]
        case "file":
            return [("minh chứng.pdf", b"%PDF-1.7")]
        case _ if drawn and drawn[0].isdigit():
            return [str(int(drawn[0]) + 1)]
        case "number" | "decimal":
            return ["12"]
        case "day":
            return [drawn[0] if drawn and drawn[0] else "02/03/2026"]
        case _:
            return [drawn[0].strip() if drawn and drawn[0].strip() else f"12/TB-UBND ở ô {blank.name}"]


def _sent(value: Sent) -> str | tuple[BytesIO, str]:
    return value if isinstance(value, str) else (BytesIO(value[1]), value[0])


def _sort(element: HtmlElement) -> str:
    if element.tag != "input":
        return str(element.tag)
    if element.get("data-day") is not None:
        return "day"
    return "decimal" if element.get("inputmode") == "decimal" else str(element.get("type", "text"))


def _options(element: HtmlElement) -> tuple[str, ...]:
    if element.tag == "select":
        return tuple(element.value_options)
    return (element.get("value") or "on",) if _sort(element) in {"checkbox", "radio"} else ()


def _value(element: HtmlElement) -> list[str]:
    if element.tag == "select":
        return [element.value] if isinstance(element.value, str) else list(element.value or ())
    if element.tag == "textarea":
        return [re.sub(r"\r\n?", "\n", element.text or "").removeprefix("\n")]
    if _sort(element) in {"checkbox", "radio"}:
        return [element.get("value") or "on"] if element.get("checked") is not None else []
    return [element.get("value") or ""]


def _words(element: HtmlElement) -> str:
    return " ".join(element.text_content().split())
