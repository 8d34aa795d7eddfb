"""Small official documents of every kind and form, in words of our own: what is a plan, and what is none."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

PLACE = "XÃ AN KHÊ ĐÔNG"


class Document(NamedTuple):
    """An official document: its kind as in its title ("" for a letter), code, subject and paragraphs."""

    kind: str
    code: str
    subject: str
    body: tuple[str, ...]
    serial: str = "17"
    end: tuple[str, ...] = ("Nơi nhận:", "- Như trên;", "- Lưu: VT.", "CHỦ TỊCH", "Lê Thị Mẫu")

    @property
    def number(self) -> str:
        return f"{self.serial}/{self.code}"


def with_letterhead(document: Document) -> list[str]:
    return [
        "ỦY BAN NHÂN DÂN", PLACE, f"Số: {document.number}", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc", "An Khê Đông, ngày 20 tháng 6 năm 2026", *title(document),
        *document.body, *document.end,
    ]  # fmt: skip


def title(document: Document) -> list[str]:
    return [document.kind, document.subject] if document.kind else [f"V/v {document.subject}"]


def by_rows(document: Document) -> list[str]:
    """A letterhead of two columns that was read row by row, each row on one line."""
    return [
        "ỦY BAN NHÂN DÂN    CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", f"{PLACE}    Độc lập - Tự do - Hạnh phúc",
        f"Số: {document.number}    An Khê Đông, ngày 20 tháng 6 năm 2026", *title(document), *document.body,
    ]  # fmt: skip


def collapsed(document: Document) -> list[str]:
    return [
        f"ỦY BAN NHÂN DÂN {PLACE} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
        f" Số: {document.number} An Khê Đông, ngày 20 tháng 6 năm 2026",
        *title(document), *document.body, *document.end,
    ]  # fmt: skip


def collapsed_with_title(document: Document) -> list[str]:
    return [" ".join((collapsed(document)[0], *title(document))), *document.body]


def torn(document: Document) -> list[str]:
    """As a narrow column of a web page breaks it: agency, number and title over several lines."""
    name = document.kind.split(" ", 1)
    heading = [*name, document.subject] if document.kind else title(document)
    return [
        "ỦY BAN", "NHÂN DÂN", PLACE, "--------", "CỘNG HÒA XÃ", "HỘI CHỦ NGHĨA VIỆT NAM", "Số:",
        document.number,
        "An Khê Đông, ngày 20", "tháng 6 năm 2026", *heading, *document.body, *document.end,
    ]  # fmt: skip


def title_in_one_line(document: Document) -> list[str]:
    head = with_letterhead(document)
    return [*head[:6], " ".join((document.kind, document.subject)).strip(), *document.body, *document.end]


def without_letterhead(document: Document) -> list[str]:
    return [*title(document), *document.body, *document.end]


def in_small_letters(document: Document) -> list[str]:
    return [f"{document.kind.capitalize()} {document.subject}", *document.body]


def blank_number(document: Document) -> list[str]:
    return with_letterhead(document._replace(serial="     "))


def decomposed(document: Document) -> list[str]:
    return [unicodedata.normalize("NFD", line) for line in with_letterhead(document)]


FORMS: dict[str, Callable[[Document], list[str]]] = {
    "letterhead": with_letterhead,
    "rows": by_rows,
    "collapsed": collapsed,
    "collapsed with title": collapsed_with_title,
    "torn": torn,
    "one line": title_in_one_line,
    "no letterhead": without_letterhead,
    "blank number": blank_number,
    "decomposed": decomposed,
    "small letters": in_small_letters,
}


def as_text(lines: list[str]) -> bytes:
    return "\n\n".join(lines).encode()


NO_PLANS: dict[str, Document] = {
    "quarterly report": Document(
        "BÁO CÁO", "BC-UBND", "Kết quả cải cách hành chính quý II năm 2026",
        (
            "Thực hiện Kế hoạch số 14/KH-UBND của UBND xã, UBND xã báo cáo kết quả như sau:",
            "I. KẾT QUẢ THỰC HIỆN", "1. Cải cách thể chế", "- Đã ban hành 03 văn bản, đạt 100% kế hoạch.",
            "2. Cải cách thủ tục hành chính", "- Đã tiếp nhận 1.204 hồ sơ, trả đúng hẹn 98,2%.",
            "II. TỒN TẠI, HẠN CHẾ", "- Một số thôn còn chậm báo cáo số liệu.",
            "III. NHIỆM VỤ QUÝ III", "1. Cải cách thể chế", "- Soát lại quy chế làm việc.",
            "2. Chuyển đổi số", "- Nâng tỷ lệ hồ sơ trực tuyến lên tối thiểu 80%.",
            "IV. KIẾN NGHỊ, ĐỀ XUẤT", "- Đề nghị cấp thêm máy quét.",
        ),
    ),
    "report without headings": Document(
        "BÁO CÁO", "BC-VHXH", "Công tác tuyên truyền cải cách hành chính tháng 5",
        ("Kính gửi: Ủy ban nhân dân xã", "1. Đã phát 12 tin bài.", "2. Đã dán 40 tờ tin ở ba thôn.",
         "Trên đây là kết quả tháng 5/2026./."),
    ),
    "decision on a team": Document(
        "QUYẾT ĐỊNH", "QĐ-UBND", "Về việc thành lập Tổ giúp việc cải cách hành chính",
        (
            "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ", "Căn cứ Kế hoạch số 14/KH-UBND của UBND xã;", "QUYẾT ĐỊNH:",
            "Điều 1. Thành lập Tổ giúp việc gồm 05 người.", "Điều 2. Nhiệm vụ của Tổ:",
            "- Tổng hợp ý kiến người dân hằng tháng.", "- Dự thảo báo cáo.", "Điều 3. Hiệu lực.",
        ),
    ),
    "decision whose plan is elsewhere": Document(
        "QUYẾT ĐỊNH", "QĐ-UBND", "Ban hành Kế hoạch cải cách hành chính năm 2026",
        (
            "ỦY BAN NHÂN DÂN XÃ", "Căn cứ Luật Tổ chức chính quyền địa phương;", "QUYẾT ĐỊNH:",
            "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính năm 2026.",
            "Điều 2. Quyết định có hiệu lực từ ngày ký.", "Điều 3. Các phòng chịu trách nhiệm thi hành./.",
        ),
    ),
    "directive": Document(
        "CHỈ THỊ", "CT-UBND", "Về việc tăng cường cải cách thủ tục hành chính",
        (
            "Thời gian qua, việc giải quyết hồ sơ ở xã còn chậm. Chủ tịch UBND xã yêu cầu các phòng thực hiện"
            " các nhiệm vụ sau:",
            "1. Trung tâm Phục vụ hành chính công", "a) Trả hồ sơ đúng hẹn, tối thiểu 98%.",
            "b) Xin lỗi bằng văn bản khi trễ hẹn.", "2. Phòng Kinh tế", "a) Soát thủ tục đất đai.",
            "Chỉ thị này có hiệu lực từ ngày ký.",
        ),
    ),
    "notice of conclusions": Document(
        "THÔNG BÁO", "TB-UBND", "Kết luận của Chủ tịch UBND xã tại cuộc họp về cải cách hành chính",
        (
            "Ngày 18/6/2026, Chủ tịch UBND xã họp với các phòng về Kế hoạch cải cách hành chính. Nghe xong ý"
            " kiến, Chủ tịch UBND xã kết luận như sau:",
            "1. Nhiệm vụ thời gian tới", "- Giao Phòng Kinh tế soát lại 12 thủ tục trước ngày 30/7/2026.",
            "- Giao Văn phòng theo dõi.", "2. Văn phòng thông báo để các phòng biết, thực hiện./.",
        ),
    ),
    "guide": Document(
        "HƯỚNG DẪN", "HD-UBND", "Xây dựng kế hoạch cải cách hành chính của các thôn",
        (
            "UBND xã hướng dẫn các thôn lập kế hoạch như sau:", "I. MỤC ĐÍCH, YÊU CẦU", "- Làm gọn.",
            "II. NỘI DUNG", "1. Cải cách thể chế", "- Ghi rõ việc và người làm.", "III. TỔ CHỨC THỰC HIỆN",
            "1. Phòng Văn hóa - Xã hội", "- Giúp các thôn.",
        ),
    ),
    "submission": Document(
        "TỜ TRÌNH", "TTr-VHXH", "Về việc ban hành Kế hoạch cải cách hành chính năm 2026",
        (
            "Kính gửi: Ủy ban nhân dân xã", "Phòng trình UBND xã xem xét, ban hành Kế hoạch.",
            "1. Sự cần thiết", "- Năm 2025 còn nhiều hồ sơ trễ.", "2. Nội dung chính của Kế hoạch",
            "- Gồm 7 lĩnh vực, 40 nhiệm vụ.", "Kính trình UBND xã xem xét, quyết định./.",
        ),
    ),
    "resolution": Document(
        "NGHỊ QUYẾT", "NQ-HĐND", "Về nhiệm vụ phát triển kinh tế - xã hội năm 2026",
        (
            "HỘI ĐỒNG NHÂN DÂN XÃ", "QUYẾT NGHỊ:", "Điều 1. Mục tiêu", "- Tăng thu 10% so với năm 2025.",
            "Điều 2. Nhiệm vụ", "- Đẩy mạnh cải cách hành chính.", "Điều 3. Giao UBND xã thực hiện.",
            "Nghị quyết này được HĐND xã khóa II, kỳ họp thứ ba thông qua.",
        ),
    ),
    "minutes": Document(
        "BIÊN BẢN", "BB-UBND", "Cuộc họp triển khai Kế hoạch cải cách hành chính năm 2026",
        (
            "Hôm nay, vào hồi 8 giờ ngày 20/6/2026, tại trụ sở UBND xã.", "I. THÀNH PHẦN", "- Các phòng.",
            "II. NỘI DUNG CUỘC HỌP", "1. Phòng Kinh tế nêu việc cần làm.", "- Soát thủ tục.",
            "III. KẾT LUẬN", "1. Giao Văn phòng theo dõi các nhiệm vụ.", "Cuộc họp kết thúc lúc 11 giờ.",
        ),
    ),
    "official letter": Document(
        "", "UBND-VHXH", "triển khai Kế hoạch cải cách hành chính năm 2026",
        (
            "Kính gửi: Các phòng, các thôn", "Thực hiện Kế hoạch số 14/KH-UBND, UBND xã đề nghị:",
            "1. Phòng Kinh tế", "- Soát lại thủ tục đất đai trước ngày 30/6/2026.", "2. Các thôn",
            "- Tuyên truyền dịch vụ công trực tuyến.", "Đề nghị các phòng thực hiện./.",
        ),
    ),
    "telegram": Document(
        "CÔNG ĐIỆN", "CĐ-UBND", "Về việc chấn chỉnh kỷ luật, kỷ cương hành chính",
        ("CHỦ TỊCH UBND XÃ điện:", "1. Các phòng trực đủ người.", "2. Công an xã kiểm tra hằng ngày."),
    ),
    "programme of a conference": Document(
        "CHƯƠNG TRÌNH", "CTr-UBND", "Hội nghị sơ kết công tác dân vận 6 tháng",
        ("1. Đón đại biểu: 7 giờ 30.", "2. Khai mạc: 8 giờ.", "3. Báo cáo kết quả: 8 giờ 15.", "4. Bế mạc."),
    ),
    "regulation": Document(
        "QUY CHẾ", "QC-UBND", "Làm việc của Ban Chỉ đạo cải cách hành chính",
        (
            "Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh", "1. Quy chế này quy định việc họp.",
            "Điều 2. Nhiệm vụ", "- Họp mỗi quý một lần.", "Điều 3. Kế hoạch công tác", "- Lập hằng năm.",
            "Điều 4. Kinh phí", "Điều 5. Họp", "Điều 6. Báo cáo", "Điều 7. Thi hành",
        ),
    ),
    "contract": Document(
        "HỢP ĐỒNG", "HĐ-UBND", "Mua máy quét phục vụ cải cách hành chính",
        ("Bên A: UBND xã.", "Bên B: Công ty máy tính.", "Điều 1. Giao 05 máy quét trước 30/6/2026.",
         "Điều 2. Thanh toán.", "Hợp đồng này lập thành 02 bản."),
    ),
    "invitation": Document(
        "GIẤY MỜI", "GM-UBND", "Họp Ban Chỉ đạo cải cách hành chính",
        ("UBND xã trân trọng kính mời:", "- Trưởng các phòng;", "- Trưởng 12 thôn.", "Thời gian: 8 giờ.",
         "Nội dung: bàn Kế hoạch năm 2026."),
    ),
    "conclusion": Document(
        "KẾT LUẬN", "KL-UBND", "Kiểm tra công vụ tại Phòng Kinh tế",
        ("1. Ưu điểm", "- Hồ sơ gọn.", "2. Hạn chế", "- Chưa lập kế hoạch.", "3. Kiến nghị", "- Bổ sung sổ."),
    ),
    "scheme": Document(
        "ĐỀ ÁN", "ĐA-UBND", "Vị trí việc làm của xã",
        ("I. SỰ CẦN THIẾT", "- Sau sắp xếp.", "II. MỤC TIÊU", "- Gọn.", "III. NHIỆM VỤ", "- Soát vị trí.",
         "IV. TỔ CHỨC THỰC HIỆN", "1. Phòng Văn hóa - Xã hội", "- Theo dõi."),
    ),
    "list": Document(
        "DANH SÁCH", "DS-UBND", "Thành viên Tổ công nghệ số cộng đồng",
        ("1. Ông Nguyễn Văn Mẫu, thôn 1", "2. Bà Lê Thị Mẫu, thôn 2"),
    ),
    "summary report with a title that says plan": Document(
        "BÁO CÁO", "BC-UBND", "Kết quả thực hiện kế hoạch cải cách hành chính năm 2025 và kế hoạch năm 2026",
        (
            "Phần I. KẾT QUẢ NĂM 2025", "1. Cải cách thể chế", "- Đã soát 12 văn bản.",
            "Phần II. KẾ HOẠCH NĂM 2026", "I. MỤC TIÊU", "- Hồ sơ đúng hẹn tối thiểu 98%.", "II. NHIỆM VỤ",
            "1. Cải cách thể chế", "- Soát quy chế.", "III. TỔ CHỨC THỰC HIỆN", "1. Phòng Kinh tế", "- Làm.",
        ),
    ),
}  # fmt: skip

PLAN_BODY = (
    "Căn cứ Quyết định số 09/QĐ-UBND của UBND tỉnh;",
    "UBND xã ban hành Kế hoạch như sau:",
    "I. MỤC TIÊU",
    "1. Hồ sơ trả đúng hẹn tối thiểu 98%.",
    "II. NHIỆM VỤ",
    "1. Cải cách thể chế",
    "- Soát lại quy chế làm việc.",
    "2. Chuyển đổi số",
    "- Lắp wifi tại nhà văn hóa thôn.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Phòng Kinh tế",
    "- Chủ trì việc chuyển đổi số.",
)
PLAN = Document("KẾ HOẠCH", "KH-UBND", "Cải cách hành chính xã An Khê Đông năm 2026", PLAN_BODY)
PLANS: dict[str, Document] = {
    "reform": PLAN,
    "report in its subject": PLAN._replace(subject="Thực hiện chế độ báo cáo cải cách hành chính năm 2026"),
    "notice in its subject": PLAN._replace(subject="Thông báo, tuyên truyền cải cách hành chính năm 2026"),
    "emulation": Document(
        "KẾ HOẠCH", "KH-UBND", "Phát động phong trào thi đua năm 2026",
        (
            "I. MỤC ĐÍCH, YÊU CẦU", "- Động viên mọi người.", "II. NỘI DUNG THI ĐUA",
            "1. Thi đua làm đường thôn.", "2. Thi đua giữ vệ sinh.", "III. TỔ CHỨC THỰC HIỆN",
            "1. Phòng Văn hóa - Xã hội", "- Theo dõi, báo cáo kết quả.",
        ),
    ),
    "inspection": Document(
        "KẾ HOẠCH", "KH-MTTQ-BTT", "Giám sát việc trả hồ sơ năm 2026",
        (
            "Thực hiện Thông báo số 3/TB-MTTQ, Ban Thường trực xây dựng kế hoạch như sau:",
            "I. KẾT QUẢ VÀ TỒN TẠI NĂM 2025", "- Đã giám sát 04 cuộc.", "II. NỘI DUNG GIÁM SÁT",
            "1. Việc niêm yết thủ tục.", "2. Việc trả lời phản ánh.", "III. PHÂN CÔNG", "1. Mặt trận thôn",
            "- Cử người tham gia.",
        ),
    ),
    "learning from results": PLAN._replace(
        body=(
            "I. KẾT QUẢ NĂM 2025", "- Đã trả 98% hồ sơ đúng hẹn.", "- Đã ban hành 12 văn bản.",
            "II. TỒN TẠI, HẠN CHẾ", "- Đã có hồ sơ trễ hẹn.", "III. MỤC TIÊU NĂM 2026", *PLAN_BODY[3:],
        )
    ),
}  # fmt: skip
