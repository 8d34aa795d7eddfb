"""The kinds of official documents: their names, and the codes that stand for them in a document's number."""

import re

import msgspec

SPACE = r"[\s_]+"


class KindName(msgspec.Struct, frozen=True):
    """One kind: its `key` in JSON, its Vietnamese `name`, the `codes` of it in numbers ("BC" in 12/BC-UBND).

    `carries` says that such a document may issue another one, which then follows it in the same file.
    """

    key: str
    name: str
    codes: tuple[str, ...] = ()
    carries: bool = False

    @property
    def pattern(self) -> str:
        """A regular expression for the name; any space may stand between its syllables."""
        return SPACE.join(map(re.escape, self.name.split()))


PLAN = KindName("plan", "kế hoạch", ("KH", "KHPH", "KHLT", "KHHĐ"))
LETTER = KindName("letter", "công văn", ("CV",), carries=True)
UNKNOWN = KindName("unknown", "văn bản")
"""A text of which nothing says what it is."""

# Those of Nghị định 30/2020/NĐ-CP, Điều 7, then of the Party, of law-making and of daily office work. A name
# that begins another one stands after it.
KINDS: tuple[KindName, ...] = (
    PLAN,
    KindName("report", "báo cáo", ("BC", "BCTĐ", "BCTH", "BCKQ")),
    KindName("decision", "quyết định", ("QĐ", "QD"), carries=True),
    KindName("directive", "chỉ thị", ("CT",)),
    KindName("notice", "thông báo", ("TB", "TBKL")),
    KindName("guide", "hướng dẫn", ("HD",)),
    KindName("submission", "tờ trình", ("TTR",)),
    KindName("resolution", "nghị quyết", ("NQ", "NQLT"), carries=True),
    KindName("minutes", "biên bản", ("BB",)),
    LETTER,
    KindName("letter", "công điện", ("CĐ",)),
    KindName("program", "chương trình", ("CTR", "CTHĐ", "CTRPH")),
    KindName("option", "phương án", ("PA",)),
    KindName("scheme", "đề án", ("ĐA",)),
    KindName("project", "dự án", ("DA",)),
    KindName("contract", "hợp đồng", ("HĐ",)),
    KindName("contract", "phụ lục hợp đồng"),
    KindName("contract", "thanh lý hợp đồng"),
    KindName("regulation", "quy chế", ("QC", "QCPH")),
    KindName("regulation", "quy định", ("QYĐ",)),
    KindName("regulation", "quy trình", ("QTR",)),
    KindName("regulation", "nội quy"),
    KindName("regulation", "điều lệ"),
    KindName("regulation", "hương ước"),
    KindName("conclusion", "kết luận", ("KL",)),
    KindName("communique", "thông cáo", ("TC",)),
    KindName("communique", "thông tri"),
    KindName("communique", "tuyên bố"),
    KindName("invitation", "giấy mời", ("GM",)),
    KindName("invitation", "thư mời"),
    KindName("form", "giấy ủy quyền", ("UQ", "GUQ")),
    KindName("form", "giấy uỷ quyền"),
    KindName("form", "giấy giới thiệu", ("GT", "GGT")),
    KindName("form", "giấy xác nhận", ("GXN",)),
    KindName("form", "giấy nghỉ phép"),
    KindName("form", "giấy chứng nhận"),
    KindName("form", "giấy phép", ("GP", "GPXD")),
    KindName("form", "giấy đề nghị"),
    KindName("form", "phiếu gửi", ("PG",)),
    KindName("form", "phiếu chuyển", ("PC",)),
    KindName("form", "phiếu báo", ("PB",)),
    KindName("form", "phiếu trình", ("PTR",)),
    KindName("form", "phiếu lấy ý kiến"),
    KindName("form", "phiếu khảo sát"),
    KindName("form", "phiếu đánh giá"),
    KindName("form", "phiếu tiếp nhận"),
    KindName("form", "phiếu xin lỗi"),
    KindName("form", "phiếu"),
    KindName("form", "tờ khai"),
    KindName("form", "bản cam kết"),
    KindName("form", "bản đăng ký"),
    KindName("form", "bản tự kiểm điểm"),
    KindName("form", "bản kiểm điểm"),
    KindName("form", "sơ yếu lý lịch"),
    KindName("form", "đơn đề nghị"),
    KindName("form", "đơn xin"),
    KindName("form", "đơn kiến nghị"),
    KindName("form", "đơn khiếu nại"),
    KindName("form", "đơn tố cáo"),
    KindName("agreement", "bản thỏa thuận", ("TTH",)),
    KindName("agreement", "bản thoả thuận"),
    KindName("agreement", "bản ghi nhớ", ("GN",)),
    KindName("agreement", "giao ước thi đua"),
    KindName("agreement", "bản giao ước"),
    KindName("law", "nghị định", ("NĐ",)),
    KindName("law", "thông tư", ("TT", "TTLT")),
    KindName("law", "pháp lệnh"),
    KindName("law", "bộ luật"),
    KindName("law", "luật"),
    KindName("speech", "bài phát biểu"),
    KindName("speech", "phát biểu"),
    KindName("speech", "diễn văn"),
    KindName("speech", "lời kêu gọi"),
    KindName("speech", "thư kêu gọi"),
    KindName("speech", "thư ngỏ"),
    KindName("schedule", "lịch công tác"),
    KindName("schedule", "lịch làm việc"),
    KindName("schedule", "lịch tiếp công dân"),
    KindName("schedule", "lịch trực"),
    KindName("list", "danh sách"),
    KindName("list", "danh mục"),
    KindName("list", "bảng chấm điểm"),
    KindName("list", "bảng tổng hợp"),
    KindName("list", "bộ tiêu chí"),
    KindName("list", "bộ chỉ số"),
    KindName("list", "phiếu chấm điểm"),
    KindName("outline", "đề cương"),
    KindName("strategy", "chiến lược"),
    KindName("strategy", "quy hoạch"),
    KindName("strategy", "lộ trình"),
    KindName("rules", "thể lệ"),
    KindName("rules", "quy ước"),
    KindName("script", "kịch bản"),
    KindName("material", "tài liệu"),
    KindName("material", "sổ tay"),
    KindName("material", "bản tin"),
    KindName("material", "câu hỏi"),
    KindName("material", "hỏi đáp"),
    KindName("speech", "bài tham luận"),
    KindName("speech", "tham luận"),
)
BY_NAME = {kind.name: kind for kind in KINDS}
BY_CODE = {code: kind for kind in KINDS for code in kind.codes}
AGENCIES = ("UBND", "HĐND", "MTTQ", "TTG", "CP", "ĐU", "TU", "SNV", "BNV", "VP", "BCĐ", "BTC")
"""Agencies that a PDF's text glues to a kind's code ("QĐUBND") when it drops the hyphen between them."""


def kind_of_code(code: str) -> KindName:
    """Return the kind that the code of a number names ("KH-UBND", "QĐUBND"); a letter's names none."""
    first = re.split(r"[\W_]+", code.upper().strip(" -/"))[0]
    if first in BY_CODE:
        return BY_CODE[first]
    glued = (first.removesuffix(agency) for agency in AGENCIES if first.endswith(agency))
    return next((BY_CODE[rest] for rest in glued if rest in BY_CODE), LETTER)
