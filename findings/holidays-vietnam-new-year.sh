#!/usr/bin/env bash
# holidays 0.109, Việt Nam: the day two days before Tết is named «29 Tết» whatever day of the month it is.
#
# Guess: «29 Tết» is the 29th of the last lunar month, so it is there only in years whose month has 30 days; a
#   day that was taken off besides is named as what it is, as «Ngày nghỉ (thay cho ngày …)» is elsewhere. And
#   `weekend_workdays` of one year holds the Saturdays worked in that year.
# Seen: 27/01/2025 and 04/02/2027 are named «29 Tết»; both are the 28th, as the month had 29 days (the eve, the
#   day after, is the 29th). `weekend_workdays` of 2027 holds two Saturdays, of 2014 and of 2019. So a program
#   that prints the names, or counts worked Saturdays by that set, says something untrue about these years.
# The lunar days are those of lunardate 0.2.2, whose calendar has Tết on the same days in these years.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" \
    holidays==0.109 lunardate==0.2.2 2>/dev/null
cat > "$folder/names.py" <<'PY'
from datetime import date

import holidays
from lunardate import LunarDate

days = holidays.country_holidays("VN", years=[2025, 2027], language="vi")
around = [date(2025, 1, number) for number in (27, 28, 29)] + [date(2027, 2, number) for number in (4, 5, 6)]
for day in around:
    lunar = LunarDate.fromSolarDate(day.year, day.month, day.day)
    print(day, "lunar", f"{lunar.day}/{lunar.month}", days[day])
only = holidays.country_holidays("VN", years=2027)
print("worked in 2027:", *sorted(map(str, only.weekend_workdays)))
PY
seen=$(PYTHONPATH="$folder" python3 "$folder/names.py")
EXPECTED='2025-01-27 lunar 28/12 29 Tết
2025-01-28 lunar 29/12 Giao thừa Tết Nguyên Đán
2025-01-29 lunar 1/1 Tết Nguyên Đán
2027-02-04 lunar 28/12 29 Tết
2027-02-05 lunar 29/12 Giao thừa Tết Nguyên Đán
2027-02-06 lunar 1/1 Tết Nguyên Đán
worked in 2027: 2014-12-27 2019-01-05'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
