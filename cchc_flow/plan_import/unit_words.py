"""Words that begin like the name of a unit and are none: «Tổ chức hội nghị», «Ban hành», «Phòng, chống»."""

NO_UNIT = (
    r"(?!Tổ chức(?! (?:chính trị|[đĐ]ảng|đoàn thể|hội(?! nghị| thảo| thi| chợ)))\b"
    r"|Ban (?:hành|bố)\b|Phòng(?:,? (?:chống|ngừa|tránh)| cháy)\b|Trường hợp\b|Đội ngũ\b"
    r"|Hội (?:nghị|thảo|thi|họp|nhập|chợ)\b|Đoàn kết\b|Trạm dừng\b"
    r"|Bộ (?:thủ tục|tiêu chí|chỉ số|máy|quy|câu hỏi|tài liệu)\b|Sở hữu\b|Cục bộ\b|Viện dẫn\b|Trưởng thành\b)"
)
"""A negative lookahead that stands before the words of units in a pattern."""
