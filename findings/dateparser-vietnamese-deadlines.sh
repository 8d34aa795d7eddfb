#!/usr/bin/env bash
# dateparser 1.5.0, languages=["vi"]: «trước ngày 15 tháng 12 năm 2026» is found as three days in other years.
#
# Guess: `search_dates` finds in a sentence the day that `parse` reads alone, here 15/12/2026; and an hour before
#   a day, «10 giờ 30 ngày 05/02/2026» as on every invitation, is that hour of that day, or nothing at all.
# Seen: after the word «trước» (before, and also ago) the day is torn: 15 months ago, 12 years ago and the year
#   2026; with other words before it, it is found whole. «10 giờ 30 ngày 05/02/2026» is ten hours ago, by `parse`
#   as by `search_dates`; written 10:30, it is right. So the deadlines of a plan or a letter, which are mostly
#   «trước ngày …», come out as days that are plausible and long past, without an error.
# Today is 15/06/2026, by RELATIVE_BASE. Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" dateparser==1.5.0 2>/dev/null
cat > "$folder/deadlines.py" <<'PY'
from datetime import datetime

import dateparser
from dateparser.search import search_dates

TODAY = {"RELATIVE_BASE": datetime(2026, 6, 15)}


def show(moment):
    """Return a moment as text, or a dash where none was read."""
    return f"{moment:%d/%m/%Y %H:%M}" if moment else "-"


for text in (
    "ngày 15 tháng 12 năm 2026",
    "Họp ngày 15 tháng 12 năm 2026",
    "trước ngày 15 tháng 12 năm 2026",
    "10:30 ngày 05/02/2026",
    "10 giờ 30 ngày 05/02/2026",
):
    alone = show(dateparser.parse(text, languages=["vi"], settings=TODAY))
    found = search_dates(text, languages=["vi"], settings=TODAY) or []
    print(f"{text}\n  parse: {alone}\n  search:", ", ".join(f"[{part}] {show(moment)}" for part, moment in found))
PY
seen=$(PYTHONPATH="$folder" python3 "$folder/deadlines.py" 2>/dev/null)
EXPECTED='ngày 15 tháng 12 năm 2026
  parse: 15/12/2026 00:00
  search: [ngày 15 tháng 12 năm 2026] 15/12/2026 00:00
Họp ngày 15 tháng 12 năm 2026
  parse: -
  search: [ngày 15 tháng 12 năm 2026] 15/12/2026 00:00
trước ngày 15 tháng 12 năm 2026
  parse: -
  search: [15 tháng] 15/03/2025 00:00, [12 năm] 15/06/2014 00:00, [2026] 15/06/2026 00:00
10:30 ngày 05/02/2026
  parse: 05/02/2026 10:30
  search: [10:30 ngày 05/02/2026] 05/02/2026 10:30
10 giờ 30 ngày 05/02/2026
  parse: 14/06/2026 14:00
  search: [10 giờ 30 ngày 05/02/2026] 14/06/2026 14:00'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
