"""An event's envelope (CloudEvents) for readers: what each key of the stored JSON means."""

import msgspec

from cchc_flow.conversion import decode

MEANINGS = {
    "specversion": ("Chuẩn phong bì", "phiên bản CloudEvents mà sự kiện tuân theo"),
    "id": ("Mã sự kiện", "mã duy nhất của sự kiện (UUID phiên bản 7)"),
    "source": ("Nguồn", "không gian làm việc đã ghi sự kiện"),
    "type": ("Loại", "loại sự kiện và phiên bản mẫu dữ liệu"),
    "subject": ("Dòng sự kiện", "công việc, người, đơn vị… mà sự kiện nói về"),
    "streamversion": ("Thứ tự trong dòng", "sự kiện thứ mấy của dòng đó"),
    "time": ("Thời điểm ra lệnh", "giờ UTC, khi người dùng thực hiện thao tác"),
    "recordedtime": ("Thời điểm ghi", "giờ UTC, khi sự kiện được ghi vào nhật ký; không bao giờ lùi"),
    "actor": ("Người thực hiện", "tài khoản đã thao tác"),
    "unit": ("Đơn vị", "đơn vị của người đó lúc thao tác"),
    "role": ("Vai trò", "vai trò mà người đó dùng để thao tác"),
    "commandid": ("Mã lệnh", "gửi lại cùng một lệnh thì chỉ ghi một lần"),
    "correlationid": ("Mã chuỗi việc", "các sự kiện cùng một chuỗi việc mang chung mã này"),
    "causationid": ("Mã nguyên nhân", "sự kiện hoặc lệnh đã dẫn tới sự kiện này"),
    "channel": ("Kênh thao tác", "thao tác đến từ trang web, dòng lệnh, đồng hồ hay quy tắc của lĩnh vực"),
    "commanddigest": ("Mã kiểm nội dung lệnh", "để nhận ra khi một mã lệnh được gửi lại với nội dung khác"),
    "rules": ("Bộ quy tắc", "sự kiện cho biết quy tắc nào đang có hiệu lực lúc đó"),
}


class EnvelopeField(msgspec.Struct, frozen=True):
    """One key of the envelope with its title, its meaning and its value as stored (None: null)."""

    key: str
    title: str
    meaning: str
    value: str | None


NAMES_ITEM = ("subject", "commandid", "correlationid", "causationid", "commanddigest")
"""The keys whose value has the item's id, or may have it, and the digest of what was ordered."""


def envelope_fields(body: bytes, *, hides_item: bool = False) -> list[EnvelopeField]:
    """Return the fields of the envelope without `data`, empty when the body is no JSON object.

    For who may not read the item (`hides_item`) those are left out that may name it.
    """
    try:
        stored = decode(body, dict[str, object])
    except msgspec.MsgspecError:
        return []
    return [
        EnvelopeField(key, title, meaning, None if stored[key] is None else str(stored[key]))
        for key, (title, meaning) in MEANINGS.items()
        if key in stored and not (hides_item and key in NAMES_ITEM)
    ]
