#!/usr/bin/env bash
# num2words 0.5.14, lang="vi": amounts and percentages are written in words that name another number.
#
# Guess: a cardinal in words is the number, as in other languages: -3 «âm ba», 2.05 «hai phẩy không năm»,
#   2.5 «hai phẩy năm», 2·10^15 đồng, which is about the state's budget of a year, «hai triệu tỷ»; to="ordinal" of
#   4 is «thứ tư»; and «lẻ» stands only before a last digit 1 to 9: 1015 «một nghìn không trăm mười lăm».
# Seen: -3 is «mười bảy», seventeen, and -20 «không», nought. The fraction is read as a number of its own after
#   rounding to two digits, so that 2.05 is «hai phẩy năm» (2.5), and 2.005 is «hai». 10^14 and 10^15 are the same
#   words. 1015 is «một nghìn lẻ mười lăm», and the ordinal of 4 is «bốn». Nothing warns of it. 15, 21, 105 and
#   whole amounts below 10^15 are right. So words beside a figure cannot be left to it without a check.
# Output seen: see EXPECTED. Exits 1 if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m pip install --quiet --disable-pip-version-check --target "$folder" num2words==0.5.14 2>/dev/null
cat > "$folder/words.py" <<'PY'
from num2words import num2words

NUMBERS = (15, 21, 105, 2_500_000_000, 1015, -3, -20, 2.5, 2.05, 2.005, 10**14, 10**15, 2 * 10**15)
for number in NUMBERS:
    print(f"{number}: {num2words(number, lang='vi')}")
print("ordinal of 4:", num2words(4, lang="vi", to="ordinal"))
PY
seen=$(PYTHONPATH="$folder" python3 "$folder/words.py")
EXPECTED='15: mười lăm
21: hai mươi mốt
105: một trăm lẻ năm
2500000000: hai tỷ năm trăm triệu
1015: một nghìn lẻ mười lăm
-3: mười bảy
-20: không
2.5: hai phẩy năm mươi
2.05: hai phẩy năm
2.005: hai
100000000000000: một trăm nghìn tỷ
1000000000000000: một trăm nghìn tỷ
2000000000000000: hai trăm nghìn tỷ
ordinal of 4: bốn'
echo "$seen"
[ "$seen" = "$EXPECTED" ] || { echo "this is no longer so" >&2; exit 1; }
