"""Reads the list of a province's communes (.csv or .xlsx), and gives each its workspace's name."""

from collections import Counter
from collections.abc import Collection, Sequence

import msgspec

from cchc_flow.commands import Row
from cchc_flow.errors import BadInput
from cchc_flow.projections.province import ListedCommune
from cchc_flow.projections.search import search_key
from cchc_flow.register_import import parse_rows
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.provinces import KINDS
from cchc_flow.workflow.typed_text import UnfitText, clean_line, upper_first
from cchc_flow.workspace import name_from_title

COLUMNS = (
    Field("code", "line", "Mã", required=True),
    Field("name", "line", "Tên", required=True),
    Field("kind", "choice", "Loại", choices=tuple(KINDS.items())),
)
NAME_LIMIT, CODE_LIMIT = 100, 20


class WrongList(BadInput):
    """A list with faults, so nothing is founded; `faults` has a sentence for each, with its line."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            f"Chưa lập gì: danh sách có {len(faults)} chỗ sai. {faults[0]}",
            "Hãy sửa danh sách rồi chạy lại.",
        )


class Entry(msgspec.Struct, frozen=True):
    """One commune of a list: the number of its line there, its code, its name with its kind, and its kind."""

    line: int
    code: str
    name: str
    kind: str


def read_list(file_name: str, content: bytes) -> list[Entry]:
    """Return the communes of a list, headed by «Mã», «Tên» and, at will, «Loại».

    Raise BadInput for a file that is no such table, and WrongList with all faults in its lines.
    """
    rows = [row for row in parse_rows(file_name, content, COLUMNS, ()) if row.fault or any(row.data.values())]
    faults: list[str] = []
    entries = [entry for row in rows if (entry := _entry(row, faults))]
    if faults := [*faults, *_twins(entries)]:
        raise WrongList(faults)
    if not entries:
        raise BadInput("Danh sách không có xã nào.", "Mỗi dòng ghi mã, tên và loại của một xã.")
    return entries


def place_communes(
    entries: Sequence[Entry], listed: Sequence[ListedCommune], taken: Collection[str]
) -> list[ListedCommune]:
    """Return the communes of a list that are not `listed` yet, each with a workspace's name of its own.

    A name that two would have, or that is `taken`, is followed by the commune's code. Raise WrongList for a
    code that is listed with another name, and for a name that is taken even so.
    """
    by_code = {one.code: one for one in listed}
    faults = [
        f"Dòng {entry.line}: mã {entry.code} đã được lập cho {by_code[entry.code].name}."
        for entry in entries
        if entry.code in by_code and by_code[entry.code].name != entry.name
    ]
    new = [entry for entry in entries if entry.code not in by_code]
    counts = Counter(name_from_title(entry.name) for entry in new)
    placed: list[ListedCommune] = []
    for entry in new:
        name = name_from_title(entry.name)
        if counts[name] > 1 or name in taken:
            name = _with_code(name, entry.code)
        if name in taken or name in {one.workspace for one in placed}:
            faults.append(f"Dòng {entry.line}: không gian «{name}» đã có, nên {entry.name} không lập được.")
        placed.append(ListedCommune(name, entry.code, entry.name, entry.kind, founding=True))
    if faults:
        raise WrongList(faults)
    return placed


def _with_code(name: str, code: str) -> str:
    end = f"-{name_from_title(code)}"
    return name[: 40 - len(end)].rstrip("-") + end


def _entry(row: Row, faults: list[str]) -> Entry | None:
    """Return the commune of a line, None for a wrong line, whose faults are added."""
    try:
        code = clean_line(str(row.data.get("code") or ""), CODE_LIMIT)
        name = clean_line(str(row.data.get("name") or ""), NAME_LIMIT)
        if row.fault:
            raise UnfitText(row.fault)
        kind = _kind(name, str(row.data.get("kind") or ""))
        if not is_code(code):
            raise UnfitText(f"mã «{code}» không dùng được" if code else "thiếu mã")
    except UnfitText as error:
        faults.append(f"Dòng {row.line}: {str(error).removesuffix('.')}.")
        return None
    return Entry(row.line, code, _full_name(name, kind), kind)


def is_code(code: str) -> bool:
    """Tell whether words can be the code of a commune."""
    plain = code.replace(".", "").replace("-", "")
    return plain.isalnum() and code.isascii() and len(code) <= CODE_LIMIT


def kind_of(name: str) -> str:
    """Return the kind that a commune's name begins with; one without any is taken for a rural commune."""
    return next((kind for kind, title in KINDS.items() if _begins_with(name, title)), "commune")


def _kind(name: str, typed: str) -> str:
    """Return the kind of a commune, of its column or else of its name; raise UnfitText when they differ."""
    in_name = next((kind for kind, title in KINDS.items() if _begins_with(name, title)), "")
    if not name or search_key(name) in map(search_key, KINDS.values()):
        raise UnfitText("thiếu tên")
    if typed and typed not in KINDS:
        raise UnfitText(f"loại «{typed[:40]}» không có; chỉ có {', '.join(KINDS.values())}")
    if typed and in_name and typed != in_name:
        raise UnfitText(f"«{name}» mà loại lại ghi là {KINDS[typed]}")
    if not typed and not in_name:
        raise UnfitText(f"không rõ «{name}» là xã, phường hay đặc khu")
    return typed or in_name


def _full_name(name: str, kind: str) -> str:
    """Return a name with its kind in front, in small letters: xã Krông Bình."""
    title = KINDS[kind]
    bare = name[len(title) :].strip() if _begins_with(name, title) else name
    return f"{title} {upper_first(bare)}"


def _begins_with(name: str, title: str) -> bool:
    return search_key(name).startswith(f"{search_key(title)} ")


def _twins(entries: Sequence[Entry]) -> list[str]:
    """Return a sentence for each line whose code or name an earlier line has."""
    faults, codes, names = list[str](), dict[str, int](), dict[str, int]()
    for entry in entries:
        if (line := codes.setdefault(entry.code, entry.line)) != entry.line:
            faults.append(f"Dòng {entry.line}: mã {entry.code} đã có ở dòng {line}.")
        if (line := names.setdefault(entry.name.casefold(), entry.line)) != entry.line:
            faults.append(f"Dòng {entry.line}: {entry.name} đã có ở dòng {line}.")
    return faults
