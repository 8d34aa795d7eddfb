"""What the rules of the area are, in words, and the numbers that they rest on."""

from functools import partial

from cchc_flow.hookspecs import Figure, Rule

CUSTOM = "Do xã quyết định, theo quy định về chuyển đổi vị trí công tác"
DECREE = "Nghị định 335/2025/NĐ-CP"
_whole = partial(Figure, whole=True)
FIGURES = (
    _whole("notice_days", "Thông báo trước khi chuyển đổi", "30", "ngày", CUSTOM, low="1", high="120"),
    _whole("shortest_years", "Giữ vị trí ít nhất", "2", "năm", CUSTOM, low="1", high="10"),
    _whole("longest_years", "Giữ vị trí nhiều nhất", "5", "năm", CUSTOM, low="1", high="15"),
    _whole("retiring_months", "Sắp nghỉ hưu là còn không quá", "18", "tháng", CUSTOM, low="1", high="60"),
    Figure("excellent", "Hoàn thành xuất sắc nhiệm vụ, từ", "90", "điểm", DECREE, high="100"),
    Figure("good", "Hoàn thành tốt nhiệm vụ, từ", "70", "điểm", DECREE, high="100"),
    Figure("done", "Hoàn thành nhiệm vụ, từ", "50", "điểm", DECREE, high="100"),
    _whole("discipline_days", "Xem xét kỷ luật trong", "90", "ngày", "Thông lệ của xã", low="1", high="365"),
)
RULES = (
    Rule("days", "Ngày ghi không ở phía trước; ngày sau không đứng trước ngày trước nó."),
    Rule("decision", "Quyết định, thông báo phải có số và ngày."),
    Rule(
        "course",
        "Lớp học có người học, có số ngày học không vượt số ngày từ khai giảng đến bế giảng;"
        " học ít ngày hơn kế hoạch thì cảnh báo.",
    ),
    Rule("certificates", "Số chứng chỉ không vượt số người học; có chứng chỉ thì phải ghi tên."),
    Rule("notice", "Chuyển đổi vị trí phải thông báo trước đủ số ngày."),
    Rule("tenure", "Giữ vị trí chưa đủ số năm ít nhất mà chuyển đổi thì cảnh báo."),
    Rule("exclusion", "Chưa chuyển đổi vì sắp nghỉ hưu thì phải ghi ngày nghỉ hưu, còn không quá số tháng."),
    Rule("grade", "Xếp loại không cao hơn mức mà điểm đạt; thấp hơn thì cảnh báo."),
    Rule("oneself", "Không ai tự xếp loại, tự chuyển đổi vị trí hay tự kết luận kỷ luật cho mình."),
    Rule("disciplined", "Người bị kỷ luật trong năm mà xếp loại tốt trở lên thì cảnh báo."),
    Rule("late", "Quyết định kỷ luật ban hành quá số ngày xem xét thì cảnh báo."),
    Rule("twice", "Mỗi người ở mỗi vị trí có một lượt chuyển đổi đang mở và một mục đánh giá cho mỗi năm."),
    Rule(
        "unfinished",
        "Nhiệm vụ công vụ chưa được duyệt hay xác nhận hoàn thành khi lớp học, lượt chuyển đổi hoặc mục"
        " đánh giá ghi cho nhiệm vụ đó chưa xong.",
    ),
    Rule("next", "Chuyển đổi xong thì lượt sau của vị trí mới được mở sẵn, hạn là số năm nhiều nhất."),
)
