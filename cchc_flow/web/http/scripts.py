"""The scripts of a page in one file: each stays a module of its own, and the page asks once for all."""

import hashlib
from functools import cache
from pathlib import Path

from flask import Flask, Response, abort, current_app, url_for

FOLDER = "bundles/"


def init_app(app: Flask) -> None:
    """Let the static files have bundles beside them, and templates name one by the scripts in it."""
    send_file = app.view_functions["static"]

    def send(filename: str) -> Response:
        if filename.startswith(FOLDER):
            return _send_bundle(filename.removeprefix(FOLDER))
        response: Response = send_file(filename=filename)  # type: ignore[assignment]
        return response

    app.view_functions["static"] = send
    app.jinja_env.filters["bundle"] = bundle_url


def bundle_url(names: str) -> str:
    """Return the URL of the scripts with these names, with a hash of what is in them."""
    file = f"{'.'.join(names.split())}.js"
    digest = hashlib.sha256(_bundle(_scripts(), file).encode()).hexdigest()[:12]
    return url_for("static", filename=FOLDER + file, v=digest)


def _send_bundle(file: str) -> Response:
    try:
        return Response(_bundle(_scripts(), file), mimetype="text/javascript")
    except FileNotFoundError:
        abort(404)


def _scripts() -> Path:
    return Path(str(current_app.static_folder)) / "js"


@cache
def _bundle(folder: Path, file: str) -> str:
    """Return the scripts that a file's name lists, each in a block, so that its names are its own.

    Raise FileNotFoundError where one does not exist.
    """
    there = {path.stem: path for path in folder.glob("*.js")}
    names = file.removesuffix(".js").split(".")
    if not file.endswith(".js") or len(names) > len(there) or not there.keys() >= set(names):
        raise FileNotFoundError(file)
    return "".join(f"{{\n{there[name].read_text(encoding='utf-8')}}}\n" for name in names)
