"""Random plans in random styles, as sources: what is right about them is known before they are written.

The words are administrative Vietnamese put together at random; the styles are those of the communes'
plans: how parts are numbered, where targets stand, how a task says who does it and by when.
"""

from collections.abc import Sequence

import msgspec
from hypothesis import strategies as st
from support.plan_samples.source import Source, SourceLine, parse_line

VERBS = (
    "Rà soát",
    "Xây dựng",
    "Tổ chức",
    "Ban hành",
    "Công khai",
    "Nâng cấp",
    "Kiểm tra",
    "Bố trí",
    "Tập huấn về",
)
THINGS = (
    "quy trình nội bộ giải quyết hồ sơ",
    "nơi tiếp nhận và trả kết quả",
    "quy chế phối hợp giữa các đơn vị",
    "danh mục văn bản hết hiệu lực",
    "đường truyền và thiết bị tại các thôn",
    "kỹ năng sử dụng chữ ký số của công chức",
    "việc chấp hành giờ giấc làm việc",
    "các khoản thu, chi của ngân sách xã",
    "hòm thư góp ý và đường dây nóng",
)
TAILS = (
    "phục vụ người dân ở xa trung tâm",
    "theo hướng dẫn của cấp trên",
    "gắn với trách nhiệm của người đứng đầu",
    "bảo đảm thiết thực, tiết kiệm",
    "trên cơ sở ý kiến của Nhân dân",
)
AREAS = (
    "Cải cách thể chế",
    "Cải cách thủ tục hành chính",
    "Cải cách tổ chức bộ máy",
    "Cải cách chế độ công vụ",
    "Cải cách tài chính công",
    "Xây dựng, phát triển chính quyền số",
    "Công tác chỉ đạo, điều hành",
)
UNITS = (
    "Phòng Văn hóa - Xã hội",
    "Văn phòng HĐND và UBND xã",
    "Phòng Kinh tế",
    "Trung tâm Phục vụ hành chính công",
    "Công an xã",
    "Trạm Y tế",
    "Đồn Biên phòng Cửa Sông",
    "Hợp tác xã Nông nghiệp Phú An",
)
FIGURES = (
    ("Tỷ lệ hồ sơ trả đúng hẹn đạt tối thiểu {n}%.", "{n} % >"),
    ("Ít nhất {n}% hồ sơ được nộp trực tuyến.", "{n} % >"),
    ("Giảm ít nhất {n}% số cuộc họp so với năm 2025.", "{n} % - 2025"),
    ("Thu ngân sách tăng tối thiểu {n}% so với năm 2025.", "{n} % + 2025"),
    ("Thời gian chờ tại quầy không quá {n} phút.", "{n} phút <"),
    ("Không quá {n}% hồ sơ phải bổ sung giấy tờ.", "{n} % <"),
    ("100% văn bản đi được ký số.", "100 % ="),
)
INDICATORS = (
    ("Hồ sơ giải quyết đúng hạn", "%", "≥", ">"),
    ("Hồ sơ nộp trực tuyến", "%", "Tối thiểu", ">"),
    ("Thời gian chờ của người dân", "phút", "Không quá", "<"),
    ("Văn bản được ký số", "%", "", "=>"),
    ("Cuộc đối thoại với người dân", "cuộc", "Ít nhất", ">"),
)
DUES = (
    ("Quý II/2026", "2026-06-30"),
    ("Tháng 9/2026", "2026-09-30"),
    ("Trước ngày 15/8/2026", "<2026-08-15"),
    ("30/10/2026", "2026-10-30"),
    ("Năm 2026", "2026-12-31"),
    ("Thường xuyên", "ongoing"),
)
DAYS = (
    ("báo cáo kết quả trước ngày {n} hằng tháng", "@month {n}"),
    ("gửi báo cáo quý chậm nhất ngày {n} của tháng cuối quý", "@period {n}"),
    ("gửi kế hoạch của đơn vị trước ngày 20/02/2026", "@once 2026-02-20"),
)
SECTION_MARKS = ("I.", "A.", "Phần I.", "1.")
AREA_MARKS = {"I.": ("1.",), "A.": ("I.", "1."), "Phần I.": ("1.", "I."), "1.": ("#.1.",)}
TASK_MARKS = ("-", "+", "•", "a)", "1.1.", "(1)")
SUBTASK_MARKS = {"-": "+", "+": "-", "•": "-", "a)": "-", "1.1.": "-", "(1)": "-"}
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
LETTERS = "abcdđeghik"


class Style(msgspec.Struct, frozen=True):
    """How a plan is written."""

    section: str
    area: str
    task: str
    letterhead: str
    targets: str
    attributes: str
    work: str
    units: str
    has_rules: bool
    has_funding: bool
    is_decision: bool


@st.composite
def styles(draw: st.DrawFn) -> Style:
    """Any style of writing."""
    section = draw(st.sampled_from(SECTION_MARKS))
    return Style(
        section,
        area=draw(st.sampled_from(AREA_MARKS[section])),
        task=draw(st.sampled_from(TASK_MARKS)),
        letterhead=draw(st.sampled_from(("lines", "columns", "none"))),
        targets=draw(st.sampled_from(("section", "inside goals", "inside areas", "table"))),
        attributes=draw(st.sampled_from(("none", "lines", "bracket"))),
        work=draw(st.sampled_from(("text", "text", "table", "appendix"))),
        units=draw(st.sampled_from(("headings", "colons", "table"))),
        has_rules=draw(st.booleans()),
        has_funding=draw(st.booleans()),
        is_decision=draw(st.booleans()),
    )


@st.composite
def plans(draw: st.DrawFn, form: str = "txt", ways: st.SearchStrategy[Style] | None = None) -> Source:
    """A random plan in a random style, or in one of some `ways`."""
    style = draw(styles() if ways is None else ways)
    writer = Writer(style, draw)
    writer.write_front()
    writer.write_goals()
    if style.targets in ("section", "table"):
        writer.write_targets()
    writer.write_work()
    if style.has_funding:
        writer.section("Hf", "KINH PHÍ")
        writer.add("F", "", "Kinh phí từ dự toán chi thường xuyên năm 2026 của các đơn vị.")
    writer.write_duties()
    if style.has_rules:
        writer.section("Hr", "CHẾ ĐỘ BÁO CÁO")
        writer.add_day("R", "-", "Các đơn vị")
    writer.write_end()
    if style.work == "appendix":
        writer.write_appendix()
    number = "14/QĐ-UBND" if style.is_decision else "14/KH-UBND"
    number = "" if style.letterhead == "none" and not style.is_decision else number
    title = "Cải cách hành chính xã Phú An năm 2026"
    settings = {"form": form, "number": number, "year": "2026", "title": title}
    return Source("random", settings, tuple(writer.lines))


class Writer:
    """Writes the lines of a plan one after the other, and counts its sections."""

    def __init__(self, style: Style, draw: st.DrawFn) -> None:
        self.style, self.draw = style, draw
        self.lines: list[SourceLine] = []
        self.sections = 0
        self.used: set[str] = set()

    def add(self, letters: str, mark: str, text: str, facts: str = "") -> None:
        """Add a paragraph."""
        self.lines.append(parse_line(f"{letters} {mark}| {text}{facts}", ()))

    def section(self, letters: str, title: str) -> None:
        """Add the heading of the next section."""
        self.add(letters, mark_at(self.style.section, self.sections), title)
        self.sections += 1

    def sentence(self) -> str:
        """A sentence that no other is like."""
        parts = st.tuples(*(st.sampled_from(words) for words in (VERBS, THINGS, TAILS)))
        text = self.draw(parts.map(" ".join).filter(lambda text: text not in self.used))
        self.used.add(text)
        return text

    def write_front(self) -> None:
        """The letterhead, the decision before the plan, the title, the legal bases."""
        kind = "QĐ" if self.style.is_decision else "KH"
        if self.style.letterhead != "none" or self.style.is_decision:
            self.write_letterhead(kind)
        if self.style.is_decision:
            self.write_decision()
        self.lines += [
            parse_line(f"T {text}", ()) for text in ("KẾ HOẠCH", "Cải cách hành chính xã Phú An năm 2026")
        ]
        self.add("B", "", "Căn cứ Kế hoạch số 41/KH-UBND ngày 29/12/2025 của UBND tỉnh;")
        self.add("O", "", "UBND xã Phú An ban hành Kế hoạch như sau:")

    def write_letterhead(self, kind: str) -> None:
        """The letterhead, line by line or in two columns."""
        left = ("ỦY BAN NHÂN DÂN", "XÃ PHÚ AN", f"Số: 14/{kind}-UBND")
        right = (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Phú An, ngày 15 tháng 01 năm 2026",
        )
        if self.style.letterhead == "columns":
            texts = [f"{one} || {other}" for one, other in zip(left, right, strict=True)]
        else:
            texts = [*left, *right]
        self.lines += [parse_line(f"L {text}", ()) for text in texts]

    def write_decision(self) -> None:
        """The decision that the plan is attached to."""
        texts = (
            ("T", "QUYẾT ĐỊNH"),
            ("T", "Ban hành Kế hoạch cải cách hành chính xã Phú An năm 2026"),
            ("O", "ỦY BAN NHÂN DÂN XÃ PHÚ AN"),
            ("B", "Căn cứ Luật Tổ chức chính quyền địa phương;"),
            ("O", "QUYẾT ĐỊNH:"),
            (
                "O",
                "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch cải cách hành chính xã Phú An năm 2026.",
            ),
            ("O", "Điều 2. Các phòng, đơn vị chịu trách nhiệm thi hành Quyết định này./."),
            ("S", "CHỦ TỊCH"),
            ("S", "Nguyễn Văn Bình"),
        )
        self.lines += [parse_line(f"{letters} {text}", ()) for letters, text in texts]

    def write_goals(self) -> None:
        """Objectives and requirements, with the targets among them in some styles."""
        self.section("Hg", "MỤC TIÊU, YÊU CẦU")
        inner = {"I.": "I.", "#.1.": f"{self.sections}.1."}.get(self.style.area, "1.")
        self.add("Hg", mark_at(inner, 0), "Mục tiêu")
        if self.style.targets == "inside goals":
            self.write_parted_goals()
        else:
            self.add("G", "-", "Bộ máy của xã gọn hơn, làm việc nhanh hơn, người dân bớt phải đi lại.")
        self.add("Hg", mark_at(inner, 1), "Yêu cầu")
        self.add("Y", "-", "Mỗi việc có một người chịu trách nhiệm đến cùng.")

    def write_parted_goals(self) -> None:
        """The aim in general, and the aims in figures: three levels down."""
        self.add("Hg", "a)", "Mục tiêu chung")
        self.add("G", "", "Bộ máy của xã gọn hơn, làm việc nhanh hơn, người dân bớt phải đi lại.")
        self.add("Hm", "b)", "Mục tiêu cụ thể")
        self.add_targets("-")

    def write_targets(self) -> None:
        """The section of targets."""
        self.section("Hm", "CÁC CHỈ TIÊU CHỦ YẾU")
        if self.style.targets == "table":
            self.add_target_table()
        else:
            self.add_targets("a)" if self.style.section == "1." else "1.")

    def add_target_table(self) -> None:
        """Targets as rows: a name, a unit, a figure."""
        columns = ("no", "target", "unit", "value")
        self.add_row("Hm", columns, ("TT", "Chỉ tiêu", "Đơn vị tính", "Năm 2026"))
        chosen = self.draw(st.lists(st.sampled_from(INDICATORS), min_size=2, max_size=4, unique=True))
        for place, (name, unit, words, fact) in enumerate(chosen, start=1):
            number = self.draw(st.integers(5, 95))
            facts = f" {{{number} {unit} {fact}}}"
            self.add_row("M", columns, (str(place), name, unit, f"{words} {number}".strip()), facts)

    def add_row(
        self, letters: str, columns: tuple[str, ...], cells: tuple[str, ...], facts: str = ""
    ) -> None:
        """Add a row of a table."""
        self.lines.append(parse_line(f"{letters}| {' | '.join(cells)}{facts}", columns))

    def write_work(self) -> None:
        """The section of work: as text, as a table, or as a word that the appendix has it."""
        if self.style.work == "text":
            self.write_areas()
            return
        self.section("Ht", "NHIỆM VỤ")
        if self.style.work == "table":
            self.add("O", "", "Các nhiệm vụ và phân công thực hiện như sau:")
            self.add_work_table()
        else:
            self.add("OH", "", "Nhiệm vụ cụ thể tại Phụ lục kèm theo Kế hoạch này.")

    def write_appendix(self) -> None:
        """The appendix with all the work."""
        self.lines += [parse_line(f"OHT {text}", ()) for text in ("PHỤ LỤC", "DANH MỤC NHIỆM VỤ NĂM 2026")]
        self.add_work_table()

    def add_work_table(self) -> None:
        """Areas as rows over the whole width, tasks with who, when and what below them."""
        columns = ("no", "task", "product", "lead", "support", "due")
        heads = ("STT", "Nhiệm vụ", "Sản phẩm", "Cơ quan chủ trì", "Cơ quan phối hợp", "Thời gian hoàn thành")
        self.add_row("Ht", columns, heads)
        titles = self.draw(st.lists(st.sampled_from(AREAS), min_size=2, max_size=5, unique=True))
        number = 0
        for place, title in enumerate(titles):
            self.add_row("A", columns, (ROMAN[place], title))
            for _ in range(self.draw(st.integers(1, 3))):
                number += 1
                lead, support = self.draw(st.permutations(UNITS[:5]))[:2]
                due_text, due = self.draw(st.sampled_from(DUES))
                cells = (str(number), self.sentence(), "Báo cáo", lead, support, due_text)
                self.add_row("K", columns, cells, f" {{due: {due}}}")

    def add_targets(self, mark: str) -> None:
        """A few targets, each with its figure."""
        chosen = self.draw(st.lists(st.sampled_from(FIGURES), min_size=2, max_size=4, unique=True))
        for place, (text, fact) in enumerate(chosen):
            number = self.draw(st.integers(5, 95))
            self.add("M", mark_at(mark, place), text.format(n=number), f" {{{fact.format(n=number)}}}")

    def write_areas(self) -> None:
        """The section of work: areas, tasks, some with subtasks."""
        self.section("Ht", "NHIỆM VỤ")
        titles = self.draw(st.lists(st.sampled_from(AREAS), min_size=2, max_size=5, unique=True))
        for place, title in enumerate(titles):
            self.add("A", mark_at(self.style.area.replace("#", str(self.sections)), place), title)
            if self.style.targets == "inside areas":
                self.write_area_in_parts(place)
            else:
                self.add_tasks(place)

    def write_area_in_parts(self, place: int) -> None:
        """An area with its own aims and its work below headings."""
        before = f"{self.sections}." if self.style.section == "1." else ""
        self.add("Hm", f"{before}{place + 1}.1.", "Mục tiêu")
        figure, fact = FIGURES[place]
        self.add("M", "-", figure.format(n=40 + place), f" {{{fact.format(n=40 + place)}}}")
        self.add("Ht", f"{before}{place + 1}.2.", "Nhiệm vụ")
        self.add_tasks(place, mark="-" if self.style.task in ("1.1.", "(1)") else self.style.task)

    def add_tasks(self, area: int, mark: str = "") -> None:
        """The tasks of an area."""
        mark = mark or self.style.task
        for place in range(self.draw(st.integers(1, 3))):
            before = f"{self.sections}." if self.style.section == "1." else ""
            self.add_task(mark.replace("1.1", f"{before}{area + 1}.1"), place)
            if self.style.attributes != "lines" and self.draw(st.integers(0, 4)) == 0:
                for _ in range(2):
                    self.add("k", SUBTASK_MARKS[mark], f"{self.sentence()}.")

    def add_task(self, mark: str, place: int) -> None:
        """A task, and who does it by when in the style's way."""
        text, lead = self.sentence(), self.draw(st.sampled_from(UNITS[:5]))
        due_text, due = self.draw(st.sampled_from(DUES))
        facts = f" {{lead: {lead}; due: {due}}}"
        if self.style.attributes == "lines":
            self.add("K", mark_at(mark, place), f"{text}.", facts)
            label_mark = "+" if mark == "-" else "-"
            self.add("@", label_mark, f"Cơ quan chủ trì: {lead}.")
            self.add("@", label_mark, f"Thời gian hoàn thành: {due_text}.")
        elif self.style.attributes == "bracket":
            self.add("K", mark_at(mark, place), f"{text} ({lead} chủ trì, {lower_first(due_text)}).", facts)
        else:
            self.add("K", mark_at(mark, place), f"{text}.")

    def write_duties(self) -> None:
        """The section of assignments, by headings or by lines with a colon."""
        self.section("Hd", "TỔ CHỨC THỰC HIỆN")
        units = self.draw(st.lists(st.sampled_from(UNITS), min_size=2, max_size=5, unique=True))
        if self.style.units == "table":
            self.add_unit_table(units)
            return
        for place, unit in enumerate(units):
            mark = mark_at("a)" if self.style.section == "1." else "1.", place)
            if self.style.units == "colons":
                self.add("UD", mark, f"{unit}: {lower_first(self.sentence())}.", " {unit}")
                continue
            self.add("U", mark, unit)
            self.add("D", "-", f"{self.sentence()}.")
            if self.draw(st.booleans()):
                self.add_day("D", "-", self.sentence())

    def add_unit_table(self, units: Sequence[str]) -> None:
        """Units as rows, with what each has to do."""
        columns = ("no", "unit", "duty")
        self.add_row("Hd", columns, ("TT", "Đơn vị", "Nhiệm vụ được giao"))
        for place, unit in enumerate(units, start=1):
            self.add_row("UD", columns, (str(place), unit, self.sentence()))

    def add_day(self, letters: str, mark: str, subject: str) -> None:
        """A duty with a day."""
        text, fact = self.draw(st.sampled_from(DAYS))
        day = self.draw(st.integers(5, 25))
        separator = "" if letters == "R" else ";"
        self.add(letters, mark, f"{subject}{separator} {text.format(n=day)}.", f" {{{fact.format(n=day)}}}")

    def write_end(self) -> None:
        """The closing sentence, the recipients, the signature."""
        self.add("O", "", "Trên đây là Kế hoạch cải cách hành chính năm 2026 của xã Phú An./.")
        if self.style.is_decision:
            return
        texts = (
            ("N", "Nơi nhận:"),
            ("N", "- Sở Nội vụ;"),
            ("N", "- Lưu: VT."),
            ("S", "CHỦ TỊCH"),
            ("S", "Lê Văn An"),
        )
        self.lines += [parse_line(f"{letters} {text}", ()) for letters, text in texts]


def lower_first(text: str) -> str:
    """The text as it stands inside a sentence."""
    return text[0].lower() + text[1:]


def mark_at(first: str, place: int) -> str:
    """The mark at a place of a list that begins with `first`: «I.» → «III.» at 2, «-» anywhere."""
    if first.endswith("I."):
        return f"{first[:-2]}{ROMAN[place]}."
    if first == "A.":
        return f"{'ABCDEGHIK'[place]}."
    if first == "a)":
        return f"{LETTERS[place]})"
    head, digit, tail = split_number(first)
    return f"{head}{int(digit) + place}{tail}" if digit else first


def split_number(mark: str) -> Sequence[str]:
    """The last number of a mark and what stands around it."""
    for end in range(len(mark), 0, -1):
        if mark[end - 1].isdigit():
            return mark[: end - 1], mark[end - 1], mark[end:]
    return mark, "", ""
