#!/usr/bin/env bash
# WeasyPrint 70.0: an appendix that resets the page counter goes on with the numbers of what is before it.
#
# Guess: a block with `break-before: page; counter-reset: page 1` begins on a page that is number 1, as in
#   Prince: page is a counter like any other, and the block opens the page.
# Seen: on a block, counter-reset and counter-set of `page` change nothing in the margin, without a warning.
#   What works is a reset in the page's own rule, `@page :nth(1 of NAME)`, for a block with `page: NAME`; it
#   begins anew for each block of that name, also when two follow each other. `@page NAME:first` looks as if
#   it did the same, but is the first page of the document only.
# Output seen: see EXPECTED. Exits 1 if that changes. Needs libpangoft2-1.0-0 and libharfbuzz-subset0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.1 2>/dev/null
cat > "$folder/number.py" <<'PY'
import io

import pypdf
from weasyprint import HTML

BODY = "<p>one<p class=next>two<section><p>A<p class=next>A, two</section><section><p>B</section>"
MARGIN = "@page { size: A6; @top-center { content: 'no ' counter(page) } } .next { break-before: page }"
WAYS = {
    "counter-reset on the block": "section { break-before: page; counter-reset: page 1 }",
    "counter-set on the block": "section { break-before: page; counter-set: page 1 }",
    "@page NAME:first": "section { page: part; break-before: page }"
    " @page part:first { counter-reset: page 1 }",
    "@page :nth(1 of NAME)": "section { page: part; break-before: page }"
    " @page :nth(1 of part) { counter-reset: page 1 }",
}
for name, style in WAYS.items():
    pdf = HTML(string=f"<style>{MARGIN}{style}</style>{BODY}").write_pdf()
    texts = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    print(f"{name}:", *(text.split("no ")[1].split()[0] for text in texts))
PY
seen=$("$folder/venv/bin/python" "$folder/number.py" 2>/dev/null)
EXPECTED='counter-reset on the block: 1 2 3 4 5
counter-set on the block: 1 2 3 4 5
@page NAME:first: 1 2 3 4 5
@page :nth(1 of NAME): 1 2 1 2 1'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
