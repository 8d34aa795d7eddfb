"""Vietnamese clauses about events of provinces and of communes that belong to one."""

from collections.abc import Callable
from typing import Any

from cchc_flow.audit.phrases import join_clauses
from cchc_flow.audit.words import Names
from cchc_flow.workflow import events as ev
from cchc_flow.workflow.provinces import PROVINCE_ROLES

MOST_NAMED = 12


def _describe_founded(data: ev.ProvinceFounded, names: Names) -> str:
    return f"đã lập không gian của {data.name}, xem được các xã đã tham gia"


def _describe_listed(data: ev.CommuneListed, names: Names) -> str:
    how = "và lập không gian cho xã" if data.founding else "và mời xã tham gia"
    return f"đã ghi {data.name} (mã {data.code}) vào danh sách của tỉnh {how}: «{data.workspace}»"


def _describe_unlisted(data: ev.CommuneUnlisted, names: Names) -> str:
    return f"đã bỏ không gian «{data.workspace}» khỏi danh sách xã của tỉnh; từ đó tỉnh không xem nữa"


def _describe_joined(data: ev.ProvinceJoined, names: Names) -> str:
    return f"đã cho xã tham gia {data.name}; từ đó người có vai trò ở tỉnh xem được các trang của xã"


def _describe_left(data: ev.ProvinceLeft, names: Names) -> str:
    return f"đã cho xã rời tỉnh («{data.province}»); từ đó người của tỉnh không xem được gì của xã"


def _describe_visited(data: ev.ProvinceVisited, names: Names) -> str:
    roles = ", ".join(PROVINCE_ROLES.get(role, role) for role in data.roles)
    return join_clauses(f"đã bắt đầu xem các trang của xã với tên {data.name}", data.title or "", roles)


def _describe_issued(data: ev.ProvinceTemplateIssued, names: Names) -> str:
    return f"đã ban hành {_template_words(data)} để các xã lập kế hoạch năm {data.year}"


def _describe_given(data: ev.ProvinceTemplateGiven, names: Names) -> str:
    listed = ", ".join(data.communes[:MOST_NAMED])
    more = f" và {len(data.communes) - MOST_NAMED} xã khác" if len(data.communes) > MOST_NAMED else ""
    return f"đã giao kế hoạch mẫu cho {len(data.communes)} xã: {listed}{more}"


def _describe_received(data: ev.PlanTemplateReceived, names: Names) -> str:
    giver = f", do {data.giver_name} giao" if data.giver_name else ""
    return f"đã nhận {_template_words(data)} của {data.province_name}{giver}; chưa có gì vào bảng"


def _describe_put_aside(data: ev.PlanTemplatePutAside, names: Names) -> str:
    return "đã để riêng kế hoạch mẫu của tỉnh, không lập kế hoạch từ bản này"


def _template_words(data: ev.ProvinceTemplateIssued | ev.PlanTemplateReceived) -> str:
    edition = f" (lần {data.edition})" if data.edition > 1 else ""
    number = f" số {data.number}" if data.number else ""
    return f"kế hoạch mẫu{number} «{data.title}»{edition}"


PROVINCE_CLAUSES: dict[type[ev.Data], Callable[[Any, Names], str]] = {
    ev.ProvinceFounded: _describe_founded,
    ev.CommuneListed: _describe_listed,
    ev.CommuneUnlisted: _describe_unlisted,
    ev.ProvinceJoined: _describe_joined,
    ev.ProvinceLeft: _describe_left,
    ev.ProvinceVisited: _describe_visited,
    ev.ProvinceTemplateIssued: _describe_issued,
    ev.ProvinceTemplateGiven: _describe_given,
    ev.PlanTemplateReceived: _describe_received,
    ev.PlanTemplatePutAside: _describe_put_aside,
}
