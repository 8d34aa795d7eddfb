"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "initiatives": Answer(("co sang kien", "sang kien"), accumulates=True),
    "inspected": Answer(("kiem tra cong tac cai cach hanh chinh", "don vi duoc kiem tra"), accumulates=True),
    "documents_cut": Answer(("luong van ban hanh chinh", "van ban hanh chinh"), change="decrease"),
    "meetings_cut": Answer(
        ("so luong hoi nghi", "so hoi nghi", "cuoc hoi nghi", "cuoc hop"), change="decrease"
    ),
    "sipas": Answer(("phuc vu cua co quan hanh chinh", "sipas")),
    "health": Answer(("dich vu y te cong lap",)),
    "education": Answer(("dich vu giao duc cong lap",)),
    "par": Answer(("chi so cai cach hanh chinh", "chi so cchc")),
    "rank_gain": Answer(("xep hang chi so cai cach hanh chinh", "xep hang chi so cchc"), change="increase"),
    "dialogues": Answer(("doi thoai",), accumulates=True),
    "petitions": Answer(("kien nghi cua nguoi dan", "kien nghi neu tai", "kien nghi sau")),
}
