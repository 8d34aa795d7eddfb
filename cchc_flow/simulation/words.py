"""What the people of the simulated year type: reasons, notes, results, decisions."""

NOTES = (
    "Đã dự thảo xong, đang lấy ý kiến các đơn vị.",
    "Đã tổng hợp số liệu của nửa số thôn, buôn.",
    "Đã họp với các đơn vị phối hợp, thống nhất phân công.",
    "Đang chờ số liệu của đơn vị phối hợp.",
    "Đã kiểm tra tại ba thôn, buôn; lập biên bản đầy đủ.",
)
RESULTS = (
    "Đã thực hiện xong, kết quả kèm theo.",
    "Đã hoàn thành theo kế hoạch; số liệu đã đối chiếu với sổ theo dõi.",
    "Đã thực hiện 100% nội dung được giao, có danh sách kèm theo.",
    "Đã triển khai đến các thôn, buôn; tổng hợp kết quả như sau.",
    "Đã hoàn thành, không phát sinh vướng mắc.",
)
REPORTS = (
    "Tình hình cải cách hành chính của đơn vị trong kỳ, kèm số văn bản đã ban hành và số cuộc họp.",
    "Đơn vị đã thực hiện các nhiệm vụ được giao trong kỳ; số liệu tại phụ lục.",
    "Báo cáo kết quả trong kỳ, khó khăn và kiến nghị của đơn vị.",
)
DEFECTS = (
    "Thiếu biên bản kèm theo.",
    "Số liệu chưa khớp với báo cáo kỳ trước.",
    "Chưa nêu rõ kết quả so với chỉ tiêu.",
    "Văn bản trình bày chưa đúng thể thức.",
)
OPINIONS = ("Số liệu đầy đủ.", "Đúng yêu cầu.", "Làm tốt, cần phát huy.", "Kỳ sau nộp sớm hơn.")
WITHDRAWALS = ("Đính kèm nhầm tệp.", "Cần bổ sung số liệu của hai thôn.")
EXTENSIONS = (
    "Đơn vị phối hợp gửi số liệu chậm.",
    "Trùng đợt kiểm tra của cấp trên.",
    "Phải lấy ý kiến bổ sung của các thôn, buôn.",
    "Thời tiết mưa lũ, chưa đi kiểm tra được.",
)
REFUSALS = ("Việc phải xong đúng hạn để báo cáo tỉnh.", "Lý do chưa thỏa đáng, đề nghị tập trung hoàn thành.")
REMINDERS = (
    "Đã quá hạn, đề nghị đơn vị hoàn thành trong tuần này.",
    "Đề nghị báo cáo rõ lý do chậm và thời gian hoàn thành.",
    "Đề nghị nộp kết quả để kịp tổng hợp báo cáo.",
)
CORRECTED = "Đính chính thông báo giao việc."
DECLINED = ("Việc không thuộc chức năng của đơn vị.", "Đơn vị chưa có người chuyên môn để làm việc này.")
MOVED = ("Phân công lại theo Thông báo kết luận giao ban.", "Người phụ trách đi học dài ngày.")
REOPENED = ("Số liệu thay đổi sau kiểm tra, cần bổ sung.", "Cấp trên yêu cầu làm rõ một nội dung.")
EXCUSED = ("Đơn vị không phát sinh nội dung này trong kỳ.", "Đơn vị đang tập trung cho việc sắp xếp lại.")
COMMENTS = (
    "Đề nghị gửi kèm mẫu báo cáo.",
    "Đã trao đổi qua điện thoại, đơn vị đang làm.",
    "Đề nghị phối hợp với Đoàn TNCS Hồ Chí Minh xã.",
    "Đã xem, chưa có ý kiến thêm.",
)
SUSPENDED = "Chờ hướng dẫn của cấp trên về sắp xếp đơn vị."
CANCELLED = "Nội dung đã chuyển về cấp tỉnh thực hiện."
