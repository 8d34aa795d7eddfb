#!/usr/bin/env bash
# WeasyPrint 70.0: two attached files of the same bytes get one relationship, that of the second.
#
# Guess: what an attachment is to the document (AFRelationship) belongs to its file specification, of which
#   each attachment has its own. So the same bytes, attached once as Source and once as Data, are Source and
#   Data; at most their stream is stored once.
# Seen: both are Data, without a warning; a third file of other bytes keeps what it was given. Besides, /AF
#   names each file twice. So what reads the relationships, as one does in an electronic invoice or in a report
#   with its figures, finds no Source; it needs bytes that differ, say a blank at the end of one.
# Output seen: see EXPECTED. Exits 1 if that changes. Needs libpangoft2-1.0-0 and libharfbuzz-subset0.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check weasyprint==70.0 pypdf==7.1.1 2>/dev/null
cat > "$folder/attach.py" <<'PY'
import io

import pypdf
from weasyprint import HTML, Attachment


def attached(*files):
    """Return name and relationship of each file that the document's /AF names, in its order."""
    attachments = [Attachment(string=text, name=name, relationship=what) for name, text, what in files]
    page = HTML(string='<html lang="vi"><title>Báo cáo</title><p>Báo cáo')
    pdf = page.write_pdf(pdf_variant="pdf/a-3a", attachments=attachments)
    specifications = [entry.get_object() for entry in pypdf.PdfReader(io.BytesIO(pdf)).trailer["/Root"]["/AF"]]
    return [f"{one['/UF']} {one['/AFRelationship'][1:]}" for one in specifications]


OTHER = ("c.csv", "3", "Supplement")
print("same bytes:", *attached(("a.csv", "1;2", "Source"), ("b.csv", "1;2", "Data"), OTHER))
print("other bytes:", *attached(("a.csv", "1;2", "Source"), ("b.csv", "1;2 ", "Data"), OTHER))
PY
seen=$("$folder/venv/bin/python" "$folder/attach.py" 2>/dev/null)
EXPECTED='same bytes: a.csv Data b.csv Data c.csv Supplement a.csv Data b.csv Data c.csv Supplement
other bytes: a.csv Source b.csv Data c.csv Supplement a.csv Source b.csv Data c.csv Supplement'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
