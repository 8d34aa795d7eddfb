"""The words that are evidence of what a line is, as patterns for text in small letters."""

UNIT_NAMES = (
    r"văn phòng|phòng|trung tâm|ủy ban|uỷ ban|ub\w*tt\w*|ubnd|hđnd|ban|công an|trạm|trường|đài|"
    r"tổ|đoàn|hội|mặt trận|mttq|kế toán|bộ phận|công chức|thôn|buôn|thường trực|sở|cục|chi cục|"
    r"chi nhánh|đồn|hạt|bộ|viện|hiệu trưởng|thủ trưởng|lãnh đạo|người đứng đầu|trưởng|chủ tịch|"
    r"giám đốc|chánh|kho bạc|ngân hàng|bưu điện|quỹ|đội|cơ quan|đơn vị|doanh nghiệp|đoàn thể|tổ "
    r"chức|hiệp hội|liên minh|liên đoàn|cán bộ|ngành|xã|phường|tòa án|viện kiểm sát"
)
DUTY_VERBS = (
    r"chủ trì|tham mưu|phối hợp|có trách nhiệm|chịu trách nhiệm|theo dõi|hướng dẫn|tổng hợp|"
    r"giám sát|đôn đốc|là cơ quan|là đầu mối|căn cứ|thẩm định|bố trí|cân đối|chỉ đạo|định kỳ|"
    r"giúp|báo cáo"
)
WORK_VERBS = (
    r"rà soát|soát|xây dựng|tổ chức|ban hành|triển khai|thực hiện|tăng cường|đẩy mạnh|nâng cao|"
    r"nâng cấp|tiếp tục|hoàn thiện|hoàn thành|phát triển|phát huy|chủ động|cập nhật|công khai|"
    r"niêm yết|đăng|lập|mở|lắp|đổi mới|đầu tư|đào tạo|tập huấn|bồi dưỡng|tuyên truyền|phổ biến|"
    r"kiểm tra|nghiên cứu|ứng dụng|áp dụng|số hóa|sắp xếp|kiện toàn|khảo sát|đánh giá|bảo đảm|"
    r"đảm bảo|vận hành|khai thác|sử dụng|quản lý|duy trì|mở rộng|thí điểm|nhân rộng|cắt giảm|"
    r"đơn giản|chuẩn hóa|kết nối|chia sẻ|cung cấp|tích hợp|thu|chi|khoán|giao|bổ sung|sửa đổi|"
    r"biên soạn|biên tập|thi đua|giải quyết|tiếp nhận|xử lý|đối thoại|khuyến khích|hỗ trợ|huy "
    r"động|tập trung|chú trọng|quán triệt|siết chặt|gắn"
)
AIM_WORDS = (
    r"nhằm|góp phần|tạo (?:sự )?chuyển biến|phấn đấu|bảo đảm|đảm bảo|yêu cầu|phải|việc|xác định|"
    r"phát huy|lấy|coi|làm"
)
STARTS: tuple[tuple[str, str], ...] = (
    (
        "basis",
        r"căn cứ (?!điều kiện|nhiệm vụ|nội dung|kế hoạch này|vào|chức năng|tình hình)|xét |"
        r"theo đề nghị|trên cơ sở",
    ),
    (
        "carrying out",
        r"thực hiện (?:kế hoạch|chỉ thị|nghị quyết|quyết định|công văn|chương trình|luật|"
        r"thông tư|hướng dẫn|nghị định)",
    ),
    (
        "closing",
        r"trên đây là|kế hoạch này|đề nghị các|yêu cầu các|nhận được",
    ),
    (
        "in the course",
        r"trong quá trình (?:triển khai|thực hiện|tổ chức)|nếu có (?:khó khăn|vướng mắc)",
    ),
    (
        "recipients",
        r"nơi nhận",
    ),
    (
        "sent to",
        r"kính gửi",
    ),
    (
        "filed",
        r"lưu\s*:|như (?:trên|điều)\b",
    ),
    (
        "signing",
        r"(?:tm|kt|tl|q|tuq)\.|(?:phó )?(?:chủ tịch|giám đốc|bộ trưởng|chánh văn phòng|thủ "
        r"tướng|trưởng ban)\b",
    ),
    (
        "kind",
        r"(?:kế hoạch|phương án|chương trình|quyết định|báo cáo|chỉ thị|thông báo|hướng dẫn|"
        r"đề án|tờ trình)\b",
    ),
    (
        "motto",
        r"cộng h[òo]?[oà]?a? ?xã|hội chủ|chủ nghĩa|độc lập",
    ),
    (
        "number",
        r"số\s*:?\s*[\d….]*\s*/|số\s*:|\d+/\w+-",
    ),
    (
        "attached",
        r"\((?:ban hành )?kèm theo|\(đính kèm",
    ),
    (
        "annex",
        r"phụ lục\b|danh mục|biểu (?:mẫu|số)",
    ),
    (
        "address",
        r"(?:đề nghị|giao|yêu cầu|phân công)\b",
    ),
    (
        "all units",
        r"(?:giao |đề nghị |yêu cầu )?(?:lãnh đạo |thủ trưởng |người đứng đầu )?(?:các "
        r")(?:phòng|cơ quan|đơn vị|sở|ban|ngành)",
    ),
    (
        "unit",
        rf"(?:đề nghị:? |giao |yêu cầu )?(?:các )?(?:{UNIT_NAMES})\b",
    ),
    (
        "duty verb",
        rf"(?:{DUTY_VERBS})\b",
    ),
    (
        "work verb",
        rf"(?:{WORK_VERBS})\b",
    ),
    (
        "aim word",
        rf"(?:{AIM_WORDS})\b",
    ),
    (
        "about",
        r"(?:về|công tác|đối với|lĩnh vực)\b",
    ),
    (
        "figure",
        r"(?:tỷ lệ|tỉ lệ|mức|số |tối thiểu|ít nhất|trên|phấn đấu|giảm|tăng|có |đạt )?\s*\d",
    ),
    (
        "until",
        r"(?:đến|trong|hết)\s+(?:hết\s+)?(?:năm|cuối năm|quý|tháng)",
    ),
    (
        "remark",
        r"(?:lưu ý|ghi chú)\b",
    ),
    (
        "this plan",
        r"(?:ủy ban nhân dân|uỷ ban nhân dân|ubnd|ban thường trực|thủ tướng).{0,200}(?:ban "
        r"hành|xây dựng|triển khai|giao|yêu cầu).{0,300}(?:như sau|sau)\s*:?$",
    ),
)
"""How a line begins."""
HOLDS: tuple[tuple[str, str], ...] = (
    (
        "assignments",
        r"tổ chức (?:triển khai )?thực hiện|phân công|trách nhiệm (?:thực hiện|của|chung)|"
        r"giao nhiệm vụ",
    ),
    (
        "reporting",
        r"(?:chế độ|thông tin,?|định kỳ) báo cáo|báo cáo định kỳ",
    ),
    (
        "funding",
        r"kinh phí|nguồn lực (?:thực hiện|tài chính)|dự toán",
    ),
    (
        "targets",
        r"chỉ tiêu|mục tiêu (?:cụ thể|chủ yếu)",
    ),
    (
        "goals",
        r"mục tiêu|mục đích|quan điểm",
    ),
    (
        "requirements",
        r"yêu cầu|nguyên tắc",
    ),
    (
        "work",
        r"nhiệm vụ|giải pháp|hoạt động|lĩnh vực",
    ),
    (
        "content",
        r"nội dung|công việc",
    ),
    (
        "other section",
        r"đối tượng|phạm vi|thời gian|địa điểm|thành phần|hình thức|khen thưởng|tiêu chí|tiêu "
        r"chuẩn|khẩu hiệu|đánh giá|kết quả|tồn tại|nguyên nhân|thủ tục, hồ sơ|phương pháp",
    ),
    (
        "percent",
        r"\d\s*%|phần trăm",
    ),
    (
        "digit",
        r"\d",
    ),
    (
        "measure",
        r"tối thiểu|ít nhất|phấn đấu|không quá|không dưới|trở lên|tăng \w*\s?\d|giảm \w*\s?\d|"
        r"đạt \w*\s?\d|≥|≤|toàn bộ|so với năm",
    ),
    (
        "duty verb within",
        rf"(?:{UNIT_NAMES})\b.{{0,80}}\b(?:chủ trì|tham mưu|phối hợp|có trách nhiệm|chịu trách "
        r"nhiệm|theo dõi|thực hiện|xây dựng|căn cứ|tăng cường|hướng dẫn)",
    ),
    (
        "must",
        r"\bphải\b|cần ",
    ),
    (
        "this plan within",
        r"kế hoạch này",
    ),
    (
        "report to",
        r"báo cáo (?:ubnd|ủy ban|uỷ ban|về|chủ tịch|thủ tướng|sở|phòng)",
    ),
    (
        "date",
        r"ngày\s+\d|\d/20\d\d|quý\s+[iv]|tháng\s+\d|hằng (?:năm|quý|tháng)|thường xuyên",
    ),
    (
        "day of signing",
        r"ngày\s*[\d….]*\s*tháng\s*[\d….]*\s*năm",
    ),
    (
        "follows",
        r"(?:như sau|sau đây|sau|cụ thể|gồm|như)\s*:$",
    ),
)
"""What a line holds somewhere; the first nine name the sections of a plan."""
LABELS: tuple[tuple[str, str], ...] = (
    (
        "lead",
        r"chủ trì|thực hiện\b|phụ trách|đầu mối|chịu trách nhiệm|phân công",
    ),
    (
        "support",
        r"phối hợp",
    ),
    (
        "when",
        r"thời (?:gian|hạn|điểm)|tiến độ|hoàn thành|lộ trình",
    ),
    (
        "product",
        r"sản phẩm|kết quả|đầu ra",
    ),
    (
        "content",
        r"nội dung|nhiệm vụ",
    ),
    (
        "where",
        r"địa điểm|đối tượng|thành phần|kinh phí",
    ),
)
"""What the label of «label: value» says."""
