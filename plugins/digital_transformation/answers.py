"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "signed": Answer(("chu ky so chuyen dung", "duoc ky so", "duoi dang dien tu")),
    "mobile": Answer(("phuong tien truy cap", "nhieu phuong tien", "thiet bi di dong")),
    "identified": Answer(("dinh danh va xac thuc", "dinh danh, xac thuc")),
    "reports": Answer(("bao cao tren he thong",)),
    "plan": Answer(("ke hoach chuyen doi so",), accumulates=True),
    "certificates": Answer(("chung thu so",)),
}
