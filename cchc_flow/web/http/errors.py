"""One table from errors to HTTP statuses, and the answer to each: a page, or a toast for htmx."""

import logging
from typing import Any

from flask import Flask, Response, g, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from cchc_flow.accounts import TooManyAttempts
from cchc_flow.errors import (
    BadInput,
    CchcError,
    CommandReused,
    Conflict,
    ItemMoved,
    MissingData,
    NotAllowed,
    NotFound,
    NotRecorded,
    Refusal,
)
from cchc_flow.eventlog.refusals import find_refusal
from cchc_flow.web.http import error_links, htmx, sent_form
from cchc_flow.web.http.form_tokens import DrawnForAnother, name_of, new_form_token, read_form_token
from cchc_flow.web.http.opened_workspaces import BeingOpened
from cchc_flow.web.http.security import SAFE
from cchc_flow.web.http.security_log import name_refusal

STATUS: dict[type[CchcError], int] = {
    TooManyAttempts: 429,
    NotRecorded: 503,
    BeingOpened: 503,
    NotAllowed: 403,
    NotFound: 404,
    DrawnForAnother: 409,
    ItemMoved: 409,
    Conflict: 409,
    CommandReused: 409,
    MissingData: 422,
    BadInput: 422,
    Refusal: 422,
    CchcError: 500,
}
STATUS_SENTENCES = {
    400: ("Trình duyệt gửi một yêu cầu không hợp lệ.", "Hãy quay lại, tải lại trang rồi thử lại."),
    403: ("Yêu cầu này không được phép.", "Hãy quay lại trang trước."),
    404: ("Không có trang này.", "Hãy kiểm tra địa chỉ, hoặc về trang đầu."),
    405: ("Trang này không nhận kiểu yêu cầu đó.", "Hãy quay lại trang trước."),
    413: ("Tệp hoặc biểu mẫu lớn quá mức cho phép.", "Hãy chọn tệp nhỏ hơn rồi gửi lại."),
    500: ("Hệ thống gặp lỗi khi làm việc này.", "Dữ liệu đã ghi vẫn an toàn. Hãy thử lại sau ít phút."),
}
TOAST_HEADERS = {
    "HX-Retarget": "#toasts",
    "HX-Reswap": "afterbegin",
    "HX-Reselect": ".toast",
    "HX-Push-Url": "false",
}
"""Headers that make htmx show the answer as a toast and keep the URL of the page."""
AGAIN_SECONDS = 3
"""After which a page that could not be shown yet is asked for again."""


class SignInFirst(Refusal):
    """A form was sent after the session had ended."""

    def __init__(self) -> None:
        super().__init__(
            "Phiên làm việc đã hết nên việc vừa gửi chưa được ghi.",
            "Hãy đăng nhập ở một tab khác, rồi trở lại đây bấm «Gửi lại»: những gì đã nhập vẫn còn.",
        )


def register_error_handlers(app: Flask) -> None:
    """Register a handler for every kind of error, so that each is answered in words."""
    app.register_error_handler(CchcError, answer_domain_error)
    app.register_error_handler(SignInFirst, answer_expired_session)
    app.register_error_handler(DrawnForAnother, answer_form_of_another)
    app.register_error_handler(CSRFError, answer_stale_form)
    app.register_error_handler(SecurityError, answer_foreign_host)
    app.register_error_handler(HTTPException, answer_http)
    app.register_error_handler(Exception, answer_unforeseen)


def status_of(error: CchcError) -> int:
    """Return the HTTP status of an error, that of the nearest class in STATUS.

    What could not be recorded comes as a conflict to htmx, which shows the form again with what was typed.
    """
    if isinstance(error, NotRecorded) and htmx.wants_fragment():
        return STATUS[Conflict]
    return next(STATUS[cls] for cls in type(error).__mro__ if cls in STATUS)


def answer_domain_error(error: CchcError) -> Response:
    """Return the page or toast of one of our own errors: what is wrong and what to do now."""
    status = status_of(error)
    if status >= 500:
        response = _render_fault(status, error.why, error.now)
        if isinstance(error, BeingOpened):
            _ask_again(response)
        return response
    response = _render_error(status, error.why, error.now, **error_links.error_page_links(error))
    if isinstance(error, TooManyAttempts):
        response.headers["Retry-After"] = str(max(1, int((error.until - g.ws.now()).total_seconds())))
    return response


def _ask_again(response: Response) -> None:
    """Let a browser load its page again by itself, and scripts and proxies know when to ask again."""
    response.headers["Retry-After"] = str(AGAIN_SECONDS)
    if request.method in SAFE and not htmx.wants_fragment():
        response.headers["Refresh"] = str(AGAIN_SECONDS)


def answer_expired_session(error: SignInFirst) -> Response:
    """Return a page that holds what was typed, to be sent again after signing in."""
    return _render_resend_form(401, error.why, error.now)


def answer_form_of_another(error: DrawnForAnother) -> Response:
    """Return a page with what was typed, to be copied, and the ways on; for htmx a toast beside the form."""
    name_refusal("form_of_another")
    status = status_of(error)
    typed = sent_form.typed_words()
    if htmx.wants_fragment():
        shown = htmx.current_page().path
        copy = " Những gì đã nhập vẫn còn ở đây: hãy chép lại trước khi mở lại trang." if typed else ""
        return _render_error(status, error.why, error.now + copy, reopen=shown)
    page = render_template(
        "errors/another.html",
        status=status,
        why=error.why,
        now=error.now,
        typed=typed,
        files=sent_form.sent_files(),
        reopen=sent_form.page_of_form(),
    )
    return make_response(page, status)


def answer_stale_form(error: CSRFError) -> Response:
    """Return a page that holds what was typed in a form whose CSRF token has expired."""
    name_refusal("form_token")
    return _render_resend_form(
        400,
        "Biểu mẫu này đã mở quá lâu nên việc vừa gửi chưa được thực hiện.",
        "Hãy xem lại và bấm «Gửi lại»: những gì đã nhập vẫn còn.",
    )


def answer_foreign_host(error: SecurityError) -> Response:
    """Return plain text: no URL of a page can be built for a host name that is not ours."""
    name_refusal("foreign_host")
    return Response(
        "Máy chủ này không trả lời dưới tên miền đó. Hãy dùng địa chỉ mà máy chủ đã in ra.\n",
        400,
        mimetype="text/plain",
    )


def answer_http(error: HTTPException) -> Response:
    """Return the page for an HTTP error that Flask or `abort` raised; our own sentence in it is shown."""
    status = error.code or 500
    if status < 400:
        return make_response(error)
    why, now = STATUS_SENTENCES.get(status, STATUS_SENTENCES[400 if status < 500 else 500])
    if error.description and error.description != type(error).description:
        why = error.description
    return _render_error(status, why, now)


def answer_unforeseen(error: Exception) -> Response:
    """Return the page for an unexpected exception; the traceback goes to the server's log."""
    logging.getLogger(__name__).exception("%s %.200r", request.method, request.path, exc_info=error)
    if refusal := find_refusal(error):
        return answer_domain_error(refusal)
    return _render_fault(500, *STATUS_SENTENCES[500])


def _render_fault(status: int, why: str, now: str) -> Response:
    """Return the page of a fault of ours; a form that met one can be sent again from it, and counts once."""
    is_form = request.method not in SAFE and g.get("person") is not None and not htmx.wants_fragment()
    if is_form and sent_form.may_be_repeated():
        return _render_resend_form(status, why, now)
    return _render_error(status, why, now)


def _render_error(status: int, why: str, now: str, **context: Any) -> Response:
    """Return an error page with a status; for htmx a toast."""
    if htmx.wants_fragment():
        toast = render_template("errors/_toast.html", status=status, why=why, now=now, **context)
        response = make_response(toast, status)
        response.headers.update(TOAST_HEADERS)
        return response
    page = sent_form.typed_context() | {"status": status, "why": why, "now": now} | context
    return make_response(render_template("errors/show.html", **page), status)


def _render_resend_form(status: int, why: str, now: str) -> Response:
    """Return the error page with what was typed to send again, but only if our own page sent it."""
    if status == 401 and (htmx.wants_fragment() or htmx.is_sent_by_script()):
        return _render_error(status, why, "Đăng nhập xong, nội dung đang soạn vẫn còn.", page=_shown_page())
    if htmx.wants_fragment():
        return _render_error(status, why, "Hãy tải lại trang rồi thử lại.")
    if not sent_form.may_be_repeated():
        return _render_error(status, why, "Hãy mở lại trang, đăng nhập nếu cần, rồi làm lại.")
    token = read_form_token()
    has_password = any(name.startswith("password") for name in request.form)
    return _render_error(
        status,
        why,
        now,
        resend=not has_password,
        fields=sent_form.fields_to_resend(),
        typed=sent_form.typed_words(),
        files=sent_form.sent_files(),
        page=_shown_page(),
        token=new_form_token(token.person if token else None),
        owner=name_of(token.person) if token else "",
    )


def _shown_page() -> str:
    """Return the address of the page that the person sees, to come back to after signing in."""
    return htmx.address_of(htmx.current_page()) if htmx.wants_fragment() else sent_form.page_of_form()
