"""Words of official Vietnamese: openers of clauses and phrases, dangling words, and compounds."""

from collections.abc import Collection, Sequence

LONGEST_OPENER = 3

# After a comma these begin a new clause; any other word there is the next item of a list.
CLAUSES = frozenset((
    "đảm bảo", "bảo đảm", "góp phần", "nâng cao", "tăng cường", "kịp thời", "đồng thời", "nhằm", "để",
    "gắn với", "gắn kết", "nhất là", "đặc biệt là", "trong đó", "kể cả", "bao gồm", "tạo", "phục vụ",
    "đáp ứng", "tháo gỡ", "hướng tới", "phấn đấu", "chú trọng", "qua đó", "từ đó", "từng bước",
    "tiếp tục", "đẩy mạnh", "mở rộng", "thúc đẩy", "phát huy", "theo", "trên cơ sở", "phù hợp với",
    "giúp", "không để", "coi trọng", "đề cao", "thường xuyên", "chủ động", "trước hết là", "trước mắt",
    "trừ", "xử lý nghiêm",
))  # fmt: skip
PHRASES = frozenset((
    "để", "nhằm", "theo", "trên", "trong", "tại", "thông qua", "qua", "đối với", "đảm bảo", "bảo đảm",
    "góp phần", "gắn với", "gắn kết", "khi", "bằng", "nhất là", "phục vụ", "phù hợp với", "cũng như",
    "đồng thời", "trước khi", "sau khi", "sau", "ngay từ", "từ", "liên quan đến", "dựa trên",
    "trên cơ sở", "nếu", "trước ngày", "chậm nhất", "kể từ", "song song với", "cùng với", "đi đôi với",
    "không để", "hướng tới",
))  # fmt: skip
# These belong more closely to the words before them.
WEAK_PHRASES = frozenset(
    ("của", "cho", "do", "về", "giữa", "giai đoạn", "được UBND", "được HĐND", "được cấp", "ngoài")
)
# A list is not cut before these: "cơ quan, đơn vị", "người dân, doanh nghiệp".
FELLOWS = frozenset(
    (
        "đơn vị",
        "doanh nghiệp",
        "hiệu quả",
        "công chức",
        "viên chức",
        "tổ chức",
        "kỷ cương",
        "chống",
        "UBND",
        "và",
    )
)
# A title cannot end in one of these, and no phrase opens after them.
DANGLING = frozenset((
    "và", "hoặc", "để", "nhằm", "theo", "trên", "của", "trong", "với", "do", "về", "tại", "qua", "từ",
    "cho", "khi", "bằng", "các", "những", "là", "được", "có", "đến", "như", "một", "mọi", "từng", "mỗi",
    "không", "sẽ", "phải", "đã", "đang", "gắn", "đối", "dành", "việc", "bị", "giữa", "nếu", "sau",
    "trước", "thuộc", "sự", "gửi",
))  # fmt: skip
DANGLING_PAIRS = frozenset((
    "đảm bảo", "bảo đảm", "góp phần", "đồng thời", "nhất là", "trong đó", "đối với", "gắn với",
    "cùng với", "so với", "hợp với", "đôi với", "thông qua", "trước khi", "sau khi", "liên quan",
    "bao gồm", "kể cả",
))  # fmt: skip
# Compound words whose second half looks like a dangling word or an opener.
COMPOUNDS = frozenset((
    "vượt qua", "trải qua", "vừa qua", "gian qua", "bỏ qua", "thầu qua", "tâm phục", "thần phục",
    "thức phục", "tiếp theo", "kèm theo", "tùy theo", "tự do", "lý do", "công bằng", "cân bằng",
    "văn bằng", "mặt bằng", "thư từ", "tồn tại", "hiện tại", "bên trong", "đôi khi", "hiện có", "sẵn có",
    "vốn có", "đều có", "công việc", "làm việc", "vụ việc", "sự việc", "giúp việc", "thôi việc",
    "trở về", "gửi về", "đưa về", "đạt được", "tuyệt đối", "cân đối", "phản đối", "đầu từ", "năm trước",
    "kỳ trước", "quan đến", "cấp trên", "nêu trên", "năm sau", "kỳ sau", "về sau", "số một", "giao cho",
    "chẽ với", "phục vụ", "được giao",
))  # fmt: skip
INSEPARABLE = COMPOUNDS | DANGLING_PAIRS
FIRST_WORDS = frozenset(
    opener.split(" ")[0] for openers in (CLAUSES, FELLOWS, PHRASES, WEAK_PHRASES) for opener in openers
)
"""The words that some opener begins with: most words of a text are none of them."""


def starts_with_opener(openers: Collection[str], words: Sequence[str]) -> bool:
    """Return whether the words begin with one of these openers."""
    if not words or words[0].rstrip(",;.:") not in FIRST_WORDS:
        return False
    return any(" ".join(words[:count]).rstrip(",;.:") in openers for count in range(1, LONGEST_OPENER + 1))


def is_compound(before: str, after: str) -> bool:
    """Return whether two words form a compound and must stay together."""
    return f"{before} {after}".lower() in INSEPARABLE


def count_dangling_words(title: str) -> int:
    """Return how many words at the end of a title need another after them: 0, 1, or 2 ("đối với")."""
    words = title.split(" ")
    if len(words) > 2 and " ".join(words[-2:]).lower() in DANGLING_PAIRS:
        return 2
    is_last = len(words) > 1 and words[-1] in DANGLING and not is_compound(words[-2], words[-1])
    return 1 if is_last else 0
