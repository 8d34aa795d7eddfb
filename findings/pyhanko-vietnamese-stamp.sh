#!/usr/bin/env bash
# pyHanko 0.38.0: the text stamp of a signature prints a Vietnamese name as the bytes of UTF-16, without an error.
#
# Guess: TextStampStyle as it comes, whose font is Courier, refuses letters that Courier does not have, or embeds
#   a font that has them.
# Seen: as soon as one letter is outside Latin-1, the whole line is written as UTF-16 with its mark, as if for
#   a text field, and shown in a font of one byte a letter. pdfium draws «þÿ N g u y Å n»; the rest of the name
#   falls outside the stamp's box. «Lê Thanh Hà», all Latin-1, is right, so that a trial with such a name does
#   not show it. There is no warning.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pyhanko==0.38.0 pypdf==7.1.1 2>/dev/null
cat > "$folder/stamp.py" <<'PY'
import io

import pypdf
from pyhanko.pdf_utils.generic import StreamObject
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.stamp import TextStamp, TextStampStyle


def stamp(text):
    """Return what a page says after the text is stamped on it by pyHanko."""
    writer = PdfFileWriter()
    contents = writer.add_object(StreamObject(stream_data=b""))
    writer.insert_page(PageObject(contents=contents, media_box=(0, 0, 300, 200)))
    TextStamp(writer, TextStampStyle(stamp_text=text)).apply(0, 20, 20)
    stamped = io.BytesIO()
    writer.write(stamped)
    return pypdf.PdfReader(stamped).pages[0].extract_text()


for name in ("Lê Thanh Hà", "Nguyễn Văn Đức"):
    print(f"{name}:", ascii(stamp(name).strip())[1:-1])
PY
seen=$("$folder/venv/bin/python" "$folder/stamp.py")
EXPECTED='Lê Thanh Hà: L\xea Thanh H\xe0
Nguyễn Văn Đức: \xfe\xff\x00N\x00g\x00u\x00y\x1e\xc5\x00n\x00 \x00V\x01\x03\x00n\x00 \x01\x10\x1e\xe9\x00c'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
