#!/usr/bin/env bash
# r4pm 0.6.2 (with polars 2.1.0): an OCEL 2.0 attribute declared a string comes back as a time if it looks so.
#
# Guess: `eventTypes` of the file decides the type of a value: what is declared "string" is read as the text
#   that stands there.
# Seen: from JSON, a string that looks like an RFC 3339 time comes back as a date and time without a zone, its
#   letter Z gone; a string beside it that does not look so stays text. Nothing warns of it. Whoever keeps a
#   time with its digits and zone beside the event's own finds neither again: a letter before it keeps it text.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check r4pm==0.6.2 polars==2.1.0 2>/dev/null
cat > "$folder/read.py" <<'PY'
import json
import sys

import r4pm

strings = [{"name": "recorded", "type": "string"}, {"name": "words", "type": "string"}]
log = {
    "objectTypes": [{"name": "task", "attributes": []}],
    "eventTypes": [{"name": "assign", "attributes": strings}],
    "objects": [{"id": "o1", "type": "task", "attributes": [], "relationships": []}],
    "events": [{
        "id": "e1",
        "type": "assign",
        "time": "2026-01-05T01:00:00Z",
        "attributes": [
            {"name": "recorded", "value": "2026-01-05T01:00:00.000000Z"},
            {"name": "words", "value": "by hand"},
        ],
        "relationships": [{"objectId": "o1", "qualifier": "about"}],
    }],
}
with open(sys.argv[1], "w") as file:
    json.dump(log, file)
events = r4pm.df.import_ocel(sys.argv[1])["events"]
for name in ("recorded", "words"):
    value = events[name].to_list()[0]
    print(name, type(value).__name__, value)
PY
seen=$("$folder/venv/bin/python" "$folder/read.py" "$folder/log.json" 2>&1)
EXPECTED='recorded datetime 2026-01-05 01:00:00
words str by hand'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
