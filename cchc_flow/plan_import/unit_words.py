"""Words that names of units begin with, and those that only begin like one: «Ban hành», «Phòng, chống»."""

KINDS = (
    r"Văn phòng|Phòng|Trung tâm|Ủy ban|Uỷ ban|UB\w*TT\w*|UBND|HĐND|Ban|Công an|Trạm|Trường|Đài|Tổ|Đoàn|Hội"
    r"|Mặt trận|MTTQ|Kế toán|Bộ phận|Công chức|Thôn|Thường trực|Sở|Chi cục|Chủ tịch|Bí thư"
)
"""The kinds of units and officials of a commune, as alternatives of a pattern."""

NO_UNIT = (
    r"(?!Tổ chức(?! (?:chính trị|[đĐ]ảng|đoàn thể|hội(?! nghị| thảo| thi| chợ)))\b"
    r"|Ban (?:hành|bố)\b|Phòng(?:,? (?:chống|ngừa|tránh)| cháy)\b|Trường hợp\b|Đội ngũ\b"
    r"|Hội (?:nghị|thảo|thi|họp|nhập|chợ)\b|Đoàn kết\b|Trạm dừng\b"
    r"|Bộ (?:thủ tục|tiêu chí|chỉ số|máy|quy|câu hỏi|tài liệu)\b|Sở hữu\b|Cục bộ\b|Viện dẫn\b|Trưởng thành\b)"
)
"""A negative lookahead that stands before the words of units in a pattern."""
