"""What was found out about signatures, in words that promise no more than was checked."""

from datetime import date

from cchc_flow.signatures.found import Changes, FoundSignature
from cchc_flow.workflow.calendar import day_words, moment_words

REVOCATION = (
    "Phần mềm không hỏi cơ quan cấp nên không biết chứng thư có bị thu hồi hay không; kết quả ở đây không"
    " thay cho việc kiểm tra bằng công cụ của cơ quan cấp chứng thư."
)
CHANGES: dict[Changes, str] = {
    "none": "Tệp không thay đổi sau khi ký.",
    "signed": "Sau chữ ký này tệp chỉ được ký thêm.",
    "filled": "Sau chữ ký này có ô của biểu mẫu được điền thêm.",
    "other": "Sau chữ ký này tệp bị thay đổi, không chỉ là ký thêm: điều đang thấy có thể khác điều đã ký.",
}


def signature_title(signature: FoundSignature) -> str:
    """Return which signature it is: by the name that it bears, which need not be that of who set it."""
    what = "Dấu thời gian" if signature.is_time_stamp else "Chữ ký"
    return f"{what} mang tên {signer_name(signature)}"


def signer_name(signature: FoundSignature) -> str:
    """Return whom the certificate names, with the agency."""
    who = signature.signer or "không rõ"
    return who if signature.agency in ("", signature.signer) else f"{who} ({signature.agency})"


def signature_sentences(signature: FoundSignature) -> list[str]:
    """Return what was found out about one signature: whether it fits the file, when, who vouches for it."""
    if not signature.checked:
        return [
            "Không kiểm tra được chữ ký này: viết theo cách mà phần mềm không biết, hoặc không đúng chuẩn."
        ]
    if not signature.intact:
        return ["Chữ ký không khớp với tệp: phần đã ký bị sửa sau khi ký, hoặc chữ ký hỏng."]
    sentences = ["Phần đã ký còn nguyên vẹn.", CHANGES[signature.changes]]
    return [*sentences, *_time_sentences(signature), trust_sentence(signature)]


def trust_sentence(signature: FoundSignature) -> str:
    """Return who vouches that the certificate belongs to whom it names."""
    if signature.trust == "trusted":
        who = "Chứng thư tự ký này" if signature.self_signed else f"Chứng thư do «{signature.issuer}» cấp,"
        return f"{who} thuộc danh sách mà máy chủ này tin cậy."
    if signature.trust == "self-signed":
        return "Chứng thư tự ký: không có cơ quan nào bảo đảm người ký đúng là người mang tên này."
    if signature.trust == "expired":
        day = day_words(date.fromisoformat(signature.expires))
        return (
            f"Chứng thư do «{signature.issuer}» cấp hết hạn từ ngày {day}, nên không xét ai bảo đảm cho nó."
        )
    return (
        f"Chưa xác định được ai bảo đảm cho người ký: chứng thư do «{signature.issuer}» cấp không được nơi"
        " nào trong danh sách mà máy chủ này tin cậy bảo đảm cho việc ký."
    )


def _time_sentences(signature: FoundSignature) -> list[str]:
    if not signature.time:
        return ["Chữ ký không ghi thời điểm ký."]
    moment = moment_words(signature.time)
    if signature.time_stamper:
        trust = "" if signature.time_stamper_trusted else "không "
        who = f"«{signature.time_stamper}», {trust}thuộc danh sách mà máy chủ này tin cậy"
        return [f"Dấu thời gian ghi {moment}, của {who}."]
    return [f"Thời điểm ký do máy của người ký ghi: {moment}; không có dấu thời gian xác nhận."]


def is_sound(signature: FoundSignature) -> bool:
    """Tell whether a signature fits its file, to which only signatures were added since."""
    return signature.checked and signature.intact and signature.changes in ("none", "signed")
