"""How large a form may be: small before anybody signed in, so that a stranger fills no memory."""

from flask import Flask, Request

MAX_REQUEST = 104 * 1024 * 1024
"""In bytes: 100 MB of evidence in one form, and the form around it."""
MAX_TEXT = 64 * 1024 * 1024
MAX_FIELDS = 5_000
"""A plan of 1,000 tasks is one form with three fields for each."""
MAX_REQUEST_OF_STRANGER = 64 * 1024
MAX_FIELDS_OF_STRANGER = 50
MAX_ADDRESS = 2_000
"""In characters: of the page to go to after signing in, which a stranger names."""


def limit_forms(app: Flask) -> None:
    """Let an application take small forms, until a request turns out to be of somebody it knows."""
    app.config.update(
        MAX_CONTENT_LENGTH=MAX_REQUEST_OF_STRANGER,
        MAX_FORM_MEMORY_SIZE=MAX_REQUEST_OF_STRANGER,
        MAX_FORM_PARTS=MAX_FIELDS_OF_STRANGER,
    )


def allow_large_forms(request: Request) -> None:
    """Let this request bring evidence, or the form of a plan; to be called before its form is read."""
    request.max_content_length = MAX_REQUEST
    request.max_form_memory_size = MAX_TEXT
    request.max_form_parts = MAX_FIELDS
