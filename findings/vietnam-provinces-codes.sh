#!/usr/bin/env bash
# vietnam-provinces 2025.10.1 (the newest for Python 3.11) and 2026.9.0: the same number means another commune.
#
# Guess: `code` is the lasting number of a commune. Both releases describe the 3,321 communes since 01/07/2025,
#   none was merged or divided in between, so a commune has the same code in both, and what is stored by code
#   in one release is found again in the other.
# Seen: 122 communes of the same province and name have another code, and a code may name another commune:
#   226 is Phường Kim Liên in the one and Phường Văn Miếu - Quốc Tử Giám in the other, both of Hà Nội. Nothing
#   warns of it. Names are no better a key: 19 are spelt in another way (Hoà Bình, Hòa Bình; one «xã» is
#   small), ten hold two blanks in the older release, and the provinces have «Tỉnh» before their names in the
#   newer one only. So a program keeps the name that a person saw and chose, or the release beside the code.
# Which of the two follows the official list was not examined.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for release in 2025.10.1:3.11 2026.9.0:3.12; do
    python3 -m pip download --quiet --disable-pip-version-check --no-deps --only-binary=:all: \
        --python-version "${release#*:}" --dest "$folder" "vietnam-provinces==${release%:*}" 2>/dev/null
done
cat > "$folder/compare.py" <<'PY'
import json
import re
import sys
import zipfile
from pathlib import Path


def communes(release):
    """Return the code of each commune by its province and name, with the differences in writing taken out."""
    (wheel,) = Path(sys.argv[1]).glob(f"vietnam_provinces-{release}-*.whl")
    provinces = json.loads(zipfile.ZipFile(wheel).read("vietnam_provinces/data/nested-divisions.json"))
    blanks = sum("  " in ward["name"] for province in provinces for ward in province["wards"])
    codes = {
        (re.sub("^(Tỉnh|Thành phố) ", "", province["name"]), " ".join(ward["name"].split())): ward["code"]
        for province in provinces
        for ward in province["wards"]
    }
    return codes, blanks


(old, old_blanks), (new, new_blanks) = communes("2025.10.1"), communes("2026.9.0")
print("communes", len(old), len(new))
print("names with two blanks", old_blanks, new_blanks)
print("names of one release only", len(old.keys() - new.keys()))
print("same name, another code", sum(old[key] != new[key] for key in old.keys() & new.keys()))
for codes in (old, new):
    print("226 is", *(" / ".join(key) for key, code in codes.items() if code == 226))
PY
seen=$(python3 "$folder/compare.py" "$folder")
EXPECTED='communes 3321 3321
names with two blanks 10 0
names of one release only 19
same name, another code 122
226 is Hà Nội / Phường Kim Liên
226 is Hà Nội / Phường Văn Miếu - Quốc Tử Giám'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
