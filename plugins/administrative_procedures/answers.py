"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "one_stop": Answer(("thong qua co che mot cua", "theo co che mot cua", "co che mot cua")),
    "published": Answer(("thu tuc hanh chinh duoc cong khai", "tthc duoc cong khai")),
    "late": Answer(("tre han", "tre hen")),
    "digitised": Answer(("so hoa ho so",)),
    "reused": Answer(("tai su dung",)),
    "valid_digitised": Answer(("dang con hieu luc", "con hieu luc")),
    "tracked": Answer(("trang thai xu ly tren he thong thong tin", "tien do xu ly tren he thong")),
    "synced": Answer(("tren cong dich vu cong quoc gia",)),
    "restructured": Answer(("tai cau truc quy trinh", "tai cau truc")),
    "cut_time": Answer(("thoi gian giai quyet", "thoi gian xu ly"), change="decrease"),
    "cut_cost": Answer(("chi phi tuan thu",), change="decrease"),
}
