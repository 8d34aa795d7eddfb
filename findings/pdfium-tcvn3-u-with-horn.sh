#!/usr/bin/env bash
# pypdfium2 5.15.2 (PDFium 159), pypdf 7.1.1, pdfplumber 0.11.10: «ư» of a PDF set in a TCVN3 font.
#
# TCVN3 (TCVN 5712:1993) fonts, whose names begin with «.Vn», set «ư» at byte 0xAD, and older offices' PDFs name
# WinAnsiEncoding for them and no ToUnicode. ISO 32000-1, annex D: 0xAD is the hyphen in that encoding too.
# Guess: readers give byte 0xAD as U+00AD (as Windows-1252 has it), so that TCVN3 can be converted letter by letter.
# Seen: only pypdf does. PDFium gives a hyphen, like those that are hyphens, and pdfplumber drops the letter: «Thư
#   viện, tư pháp» is then «Th- viện, t- pháp» or «Th viện, t pháp». Convert by words, not letter by letter.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check \
  pypdfium2==5.15.2 pypdf==7.1.1 pdfplumber==0.11.10 2>/dev/null
cat > "$folder/read.py" <<'PY'
import sys

import pdfplumber
import pypdf
import pypdfium2

content = b"BT /F1 14 Tf 72 700 Td (Th\xad vi\xd6n, t\xad ph\xb8p) Tj ET"
font = (
    b"<< /Type /Font /Subtype /TrueType /BaseFont /.VnTime /Encoding /WinAnsiEncoding /FirstChar 32"
    b" /LastChar 255 /Widths [" + b"500 " * 224 + b"] /FontDescriptor 6 0 R >>"
)
objects = [
    b"<< /Type /Catalog /Pages 2 0 R >>",
    b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
    b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    font,
    b"<< /Type /FontDescriptor /FontName /.VnTime /Flags 32 /FontBBox [0 -200 1000 900] /ItalicAngle 0"
    b" /Ascent 900 /Descent -200 /CapHeight 700 /StemV 80 >>",
]
out, places = b"%PDF-1.4\n", []
for number, body in enumerate(objects, 1):
    places.append(len(out))
    out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
table = len(out)
out += b"xref\n0 7\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
out += b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % table
with open(sys.argv[1], "wb") as file:
    file.write(out)
texts = {
    "pdfium": pypdfium2.PdfDocument(sys.argv[1])[0].get_textpage().get_text_range(),
    "pypdf": pypdf.PdfReader(sys.argv[1]).pages[0].extract_text(),
    "pdfplumber": pdfplumber.open(sys.argv[1]).pages[0].extract_text(),
}
for name, text in texts.items():
    print(name, ascii(text.strip()))
PY
seen=$("$folder/venv/bin/python" "$folder/read.py" "$folder/plan.pdf" 2>&1)
EXPECTED="pdfium 'Th- vi\\xd6n, t- ph\\xb8p'
pypdf 'Th\\xad vi\\xd6n, t\\xad ph\\xb8p'
pdfplumber 'Th vi\\xd6n, t ph\\xb8p'"
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
