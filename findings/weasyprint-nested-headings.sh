#!/usr/bin/env bash
# WeasyPrint 70.0, tagged PDF: a heading of two lines, the second a block, is a heading inside a heading.
#
# Guess: an element of HTML gives one element of the structure tree. The anonymous box that layout puts around
#   the words before a block has no element, so it leaves no trace (or NonStruct) in the tree.
# Seen: the anonymous box is tagged as the element that it stands in. `<h1>Báo cáo<span>`, with the span as a
#   block, is H1 within H1, and so it is with H2 and P; the inner one holds the first line alone. So a list of
#   the headings, or a screen reader's, has «Báo cáo» besides the whole title. With `<br>` there is one H1.
#   The bookmarks, which are made in another way, name the title once.
# Output seen: see EXPECTED. Exits 1 if that changes. Needs libpangoft2-1.0-0 and libharfbuzz-subset0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.1 2>/dev/null
cat > "$folder/tags.py" <<'PY'
import io

import pypdf
from weasyprint import HTML


def tags(node):
    """Return the structure elements below a node as nested brackets, without Span and NonStruct."""
    node = node.get_object()
    if isinstance(node, list):
        return " ".join(filter(None, map(tags, node)))
    if not isinstance(node, dict) or "/S" not in node:
        return ""
    inside = tags(node["/K"]) if "/K" in node else ""
    if node["/S"] in {"/Span", "/NonStruct"}:
        return inside
    return node["/S"][1:] + (f"({inside})" if inside else "")


HEAD = '<html lang="vi"><title>Báo cáo</title><style>span { display: block }</style>'
for body in (
    "<h1>Báo cáo<br>quý I</h1>",
    "<h1>Báo cáo <span>quý I</span></h1>",
    "<h2>Báo cáo <span>quý I</span></h2>",
    "<p>Báo cáo <span>quý I</span></p>",
):
    reader = pypdf.PdfReader(io.BytesIO(HTML(string=HEAD + body).write_pdf(pdf_variant="pdf/a-3a")))
    tree = tags(reader.trailer["/Root"]["/StructTreeRoot"]["/K"])
    print(f"{body}: {tree}, bookmarks {len(reader.outline)}")
PY
seen=$("$folder/venv/bin/python" "$folder/tags.py" 2>/dev/null)
EXPECTED='<h1>Báo cáo<br>quý I</h1>: Document(H1), bookmarks 1
<h1>Báo cáo <span>quý I</span></h1>: Document(H1(H1)), bookmarks 1
<h2>Báo cáo <span>quý I</span></h2>: Document(H2(H2)), bookmarks 1
<p>Báo cáo <span>quý I</span></p>: Document(P(P)), bookmarks 0'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
