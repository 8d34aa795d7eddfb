"""The scripts of a page in one file, and its style sheets in another: the page asks once for all.

Each script stays a module of its own; what it exports is for who imports it by itself. Every file is asked
for by a mark of what is in it, also where a module imports another: an upgrade mixes no old with new ones.
"""

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from flask import Flask, Response, abort, current_app, g

from cchc_flow.web.http.links import link_to

FOLDER = "bundles/"
SORTS = {"js": "text/javascript", "css": "text/css"}
MODULE = re.compile(r"js/([\w-]+)\.js")
IMPORT = re.compile(r'(?<= from ")\./([\w-]+)\.js(?=";)')
EXPORT = re.compile(r"^export (?=function|const|class)", re.MULTILINE)
REMARKS = {
    "js": re.compile(r"^ *//.*\n|(?<=[;,{})]) +//.*$|^ +|^\n", re.MULTILINE),
    "css": re.compile(r"/\*.*?\*/\n*|(?<=\n) +|(?<=[{};,]) +| +(?=[{}])|(?<=;)\n(?=\})", re.DOTALL),
}
"""What is written for who reads the file: a fifth of the bytes on the way to a browser."""


class Sources(NamedTuple):
    """The folder of the static files, and names and texts of style sheets that lie in no file.

    It is the key of what is kept, asked for a dozen times in a page: hence plain text.
    """

    static: str
    sheets: tuple[tuple[str, str], ...]

    @property
    def folder(self) -> Path:
        """The folder of the static files."""
        return Path(self.static)


def init_app(app: Flask, sheets: Callable[[], Mapping[str, str]]) -> None:
    """Let the static files have bundles beside them, and templates name one by what is in it.

    A bundle may also hold `sheets` that lie in no file; they are asked for each time.
    """
    app.extensions["sheets"] = sheets
    send_file = app.view_functions["static"]

    def send(filename: str) -> Response:
        if filename.startswith(FOLDER):
            return _send_bundle(filename.removeprefix(FOLDER))
        if module := MODULE.fullmatch(filename):
            return _send_module(module[1])
        response: Response = send_file(filename=filename)  # type: ignore[assignment]
        return response

    app.view_functions["static"] = send
    app.jinja_env.filters["bundle"] = bundle_url


def bundle_url(names: str, sort: str = "js") -> str:
    """Return the URL of the scripts (or `css`) with these names, with a hash of what is in them."""
    file = f"{'.'.join(names.split())}.{sort}"
    return link_to("static", filename=FOLDER + file, v=version_of(FOLDER + file))


def version_of(file: str) -> str:
    """Return the mark of what is in a static file; raise FileNotFoundError where there is none."""
    return _version(_sources(), file)


@lru_cache(256)
def _version(sources: Sources, file: str) -> str:
    if file.startswith(FOLDER):
        content = _bundle(sources, file.removeprefix(FOLDER)).encode()
    elif module := MODULE.fullmatch(file):
        content = _module(sources, module[1]).encode()
    else:
        content = (sources.folder / file).read_bytes()
    return hashlib.sha256(content).hexdigest()[:12]


def _send_bundle(file: str) -> Response:
    try:
        return Response(_bundle(_sources(), file), mimetype=SORTS[file.rpartition(".")[2]])
    except FileNotFoundError:
        abort(404)


def _send_module(name: str) -> Response:
    try:
        return Response(_module(_sources(), name), mimetype=SORTS["js"])
    except FileNotFoundError:
        abort(404)


def _sources() -> Sources:
    """Return where the files of this application are; a request asks for the sheets once."""
    if "sources" not in g:
        sheets: Callable[[], Mapping[str, str]] = current_app.extensions.get("sheets", dict)
        g.sources = Sources(str(current_app.static_folder), tuple(sheets().items()))
    sources: Sources = g.sources
    return sources


@lru_cache(64)
def _module(sources: Sources, name: str) -> str:
    """Return a script without its remarks, which imports others by what is in them."""
    text = REMARKS["js"].sub("", (sources.folder / "js" / f"{name}.js").read_text(encoding="utf-8"))
    return IMPORT.sub(lambda other: f"{other[0]}?v={_version(sources, f'js/{other[1]}.js')}", text)


@lru_cache(64)
def _bundle(sources: Sources, file: str) -> str:
    """Return the files that a bundle's name lists, without their remarks; a script is in a block of its own.

    Raise FileNotFoundError where one does not exist.
    """
    listed, _, sort = file.rpartition(".")
    names = listed.split(".")
    paths = (sources.folder / sort).glob(f"*.{sort}") if sort in SORTS else ()
    there = {path.stem: path for path in paths}
    made = dict(sources.sheets) if sort == "css" else {}
    known = there.keys() | made.keys()
    if len(names) > len(known) or not known >= set(names):
        raise FileNotFoundError(file)
    texts = [made[name] if name in made else there[name].read_text(encoding="utf-8") for name in names]
    texts = [REMARKS[sort].sub("", text) for text in texts]
    if sort == "js":
        texts = [f"{{\n{EXPORT.sub('', text)}}}\n" for text in texts]
    return "".join(texts)
