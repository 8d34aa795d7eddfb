"""The units and people of the simulated commune, with people in every role."""

from datetime import date

import msgspec

from cchc_flow.demo import PEOPLE as DEMO_PEOPLE

CULTURE = "Phòng Văn hóa - Xã hội"
OFFICE = "Văn phòng HĐND và UBND xã"
SERVICE = "Trung tâm Phục vụ hành chính công xã"
ECONOMY = "Phòng Kinh tế"
FRONT = "Ủy ban MTTQ Việt Nam xã"
SCHOOLS_AND_STATION = "Các trường, Trạm Y tế"
KINDERGARTEN = "Trường Mầm non Hoa Pơ Lang"
PRIMARY = "Trường Tiểu học Krông Bình"
SECONDARY = "Trường Trung học cơ sở Krông Bình"
STATION = "Trạm Y tế xã Krông Bình"
POLICE = "Công an xã Krông Bình"
MILITARY = "Ban Chỉ huy Quân sự xã"
FARMERS = "Hội Nông dân xã"
WOMEN = "Hội Liên hiệp Phụ nữ xã"
YOUTH = "Đoàn TNCS Hồ Chí Minh xã"

DEPARTMENTS = (OFFICE, CULTURE, SERVICE, ECONOMY)
SERVICES = (*DEPARTMENTS, POLICE, STATION)
ASSOCIATIONS = (FRONT, FARMERS, WOMEN, YOUTH)
SCHOOLS = (SCHOOLS_AND_STATION, KINDERGARTEN, PRIMARY, SECONDARY)
UNITS = (*DEPARTMENTS, *ASSOCIATIONS, *SCHOOLS, STATION, POLICE, MILITARY)


class CastMember(msgspec.Struct, frozen=True):
    """A person of the commune, who works there from the day `since` until before the day `until`."""

    login: str
    name: str
    title: str
    unit: str | None
    roles: tuple[str, ...]
    since: date = date.min
    until: date = date.max


HEAD, OFFICER = ("unit_head",), ("officer",)
LEAVES, COMES = date(2026, 8, 14), date(2026, 8, 17)
"""The day from which one officer no longer works there, and the day on which a successor begins."""

PEOPLE = (
    *(
        CastMember(person.login, person.name, person.title, person.unit, (person.role,))
        for person in DEMO_PEOPLE
    ),
    CastMember("chu.tich", "Nguyễn Đức Trọng", "Chủ tịch UBND xã", None, ("leader",)),
    CastMember("ngoc.vu", "Vũ Bích Ngọc", "Trưởng phòng", CULTURE, ("unit_head", "coordinator")),
    CastMember("linh.bya", "H'Linh Byă", "Công chức", CULTURE, OFFICER),
    CastMember("tuan.le", "Lê Anh Tuấn", "Công chức", CULTURE, OFFICER, until=LEAVES),
    CastMember("thao.hoang", "Hoàng Phương Thảo", "Công chức", CULTURE, OFFICER, since=COMES),
    CastMember("son.pham", "Phạm Hồng Sơn", "Chánh Văn phòng", OFFICE, HEAD),
    CastMember("mai.do", "Đỗ Thanh Mai", "Công chức", OFFICE, OFFICER),
    CastMember("khoa.bui", "Bùi Đăng Khoa", "Công chức", OFFICE, OFFICER),
    CastMember("hanh.ngo", "Ngô Thị Hạnh", "Phó Giám đốc", SERVICE, HEAD),
    CastMember("duy.trinh", "Trịnh Quang Duy", "Viên chức", SERVICE, OFFICER),
    CastMember("yen.mai", "Mai Hải Yến", "Viên chức", SERVICE, OFFICER),
    CastMember("phuc.dang", "Đặng Hữu Phúc", "Công chức", ECONOMY, OFFICER),
    CastMember("nhu.cao", "Cao Quỳnh Như", "Công chức", ECONOMY, OFFICER),
    CastMember("thang.ksor", "Ksor Thắng", "Phó Chủ tịch", FRONT, HEAD),
    CastMember("dung.tran", "Trần Mỹ Dung", "Ủy viên", FRONT, OFFICER),
    CastMember("hoai.phan", "Phan Thị Hoài", "Trưởng cụm trường", SCHOOLS_AND_STATION, HEAD),
    CastMember("kien.ho", "Hồ Trung Kiên", "Viên chức", SCHOOLS_AND_STATION, OFFICER),
    CastMember("lan.nie", "H'Lan Niê", "Hiệu trưởng", KINDERGARTEN, HEAD),
    CastMember("trang.vo", "Võ Thùy Trang", "Văn thư", KINDERGARTEN, OFFICER),
    CastMember("binh.luong", "Lương Văn Bình", "Hiệu trưởng", PRIMARY, HEAD),
    CastMember("oanh.duong", "Dương Kim Oanh", "Văn thư", PRIMARY, OFFICER),
    CastMember("minh.ta", "Tạ Nhật Minh", "Hiệu trưởng", SECONDARY, HEAD),
    CastMember("giang.chu", "Chu Hương Giang", "Văn thư", SECONDARY, OFFICER),
    CastMember("quy.le", "Lê Phú Quý", "Trưởng trạm", STATION, HEAD),
    CastMember("nga.truong", "Trương Thị Nga", "Viên chức", STATION, OFFICER),
    CastMember("cuong.dinh", "Đinh Mạnh Cường", "Trưởng Công an xã", POLICE, HEAD),
    CastMember("hieu.kieu", "Kiều Minh Hiếu", "Cán bộ", POLICE, OFFICER),
    CastMember("hung.eban", "Y Hùng Êban", "Chỉ huy trưởng", MILITARY, HEAD),
    CastMember("loc.thai", "Thái Bảo Lộc", "Trợ lý", MILITARY, OFFICER),
    CastMember("tam.quach", "Quách Văn Tâm", "Chủ tịch Hội", FARMERS, HEAD),
    CastMember("thuy.ly", "Lý Thu Thủy", "Ủy viên", FARMERS, OFFICER),
    CastMember("hue.mlo", "H'Huệ Mlô", "Chủ tịch Hội", WOMEN, HEAD),
    CastMember("van.tong", "Tống Khánh Vân", "Ủy viên", WOMEN, OFFICER),
    CastMember("nam.lam", "Lâm Hoài Nam", "Bí thư Đoàn", YOUTH, HEAD),
    CastMember("vy.huynh", "Huỳnh Tường Vy", "Ủy viên", YOUTH, OFFICER),
)

ADMIN, COORDINATOR, LEADER, INSPECTOR, VIEWER = "quan.tri", "dau.moi", "lanh.dao", "kiem.tra", "nguoi.xem"
COORDINATORS = (COORDINATOR, "ngoc.vu")
LEADERS = (LEADER, "chu.tich")


def staff(unit: str, role: str, day: date) -> list[str]:
    """Return the logins of those who hold a role in a unit and work there on a day."""
    return [
        person.login
        for person in PEOPLE
        if person.unit == unit and role in person.roles and person.since <= day < person.until
    ]
