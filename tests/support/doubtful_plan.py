"""A small plan whose form is corrected line by line, as a browser without scripts does it."""

import html
import io
import re

from flask.testing import FlaskClient
from support.forms import hidden, send
from werkzeug.test import TestResponse

SELECT = re.compile(r'<select id="(lead-[^"]+)"[^>]*>(.*?)</select>', re.DOTALL)
PLANS = "/xa-mau/plans"
READINGS = "/xa-mau/plan-readings"
PLAN_TEXT = """ỦY BAN NHÂN DÂN
XÃ MẪU

KẾ HOẠCH
Cải cách hành chính năm 2026

I. MỤC TIÊU, YÊU CẦU
1. Mục tiêu
- Nâng cao chất lượng phục vụ người dân.

II. CHỈ TIÊU
1. 100% thủ tục hành chính được công khai.
2. 95% hồ sơ được giải quyết đúng hạn.

III. NHIỆM VỤ
1. Cải cách thể chế
- Ban hành văn bản đúng hạn.
- Kiểm tra văn bản đã ban hành.
- Rà soát văn bản hết hiệu lực.
2. Cải cách thủ tục hành chính
- Công khai thủ tục tại trụ sở.
- Rà soát thủ tục hành chính.

IV. TỔ CHỨC THỰC HIỆN
1. Văn phòng HĐND và UBND xã: theo dõi việc thực hiện Kế hoạch này.
"""


class Form:
    """The form of an uploaded plan, as a browser without scripts has it: what it shows is what it sends."""

    def __init__(self, client: FlaskClient, text: str = PLAN_TEXT, name: str = "ke-hoach.txt") -> None:
        document = (io.BytesIO(text.encode()), name)
        answer = send(client, PLANS, READINGS, document=document)
        assert answer.status_code == 303, answer.text
        self.client, self.address = client, answer.headers["Location"]
        self.digest = self.address.split("/")[-1].split("?")[0]
        self.page = client.get(self.address).text

    def fields(self) -> dict[str, str]:
        """Return what the form would send, untouched."""
        texts = re.findall(r'<textarea id="(title-[^"]+)"[^>]*>\n([^<]*)</textarea>', self.page)
        days = re.findall(r'name="(due-[^"]+)" type="text" data-day value="([^"]*)"', self.page)
        leads = [
            (name, found[1] if (found := re.search(r"<option selected>([^<]*)", options)) else "")
            for name, options in SELECT.findall(self.page)
        ]
        fields = {name: html.unescape(value) for name, value in [*texts, *days, *leads]}
        return fields | hidden(self.page, PLANS)

    def titles(self) -> list[str]:
        """Return the titles of the tasks in order."""
        return [value for name, value in self.fields().items() if name.startswith("title-")]

    def ref_of(self, title: str) -> str:
        """Return the reference of the task with this title."""
        found = (name for name, value in self.fields().items() if (name[:6], value) == ("title-", title))
        return next(found).removeprefix("title-")

    def place_of(self, ref: str) -> str:
        """Return the place in the file of the task with this reference."""
        return self.fields()[f"at-{ref}"]

    def send(self, action: str, headers: dict[str, str] | None = None, **filled: str) -> TestResponse:
        """Send the form by a button of the reading («corrections», «edits») with what was typed."""
        address = f"{READINGS}/{self.digest}/{action}"
        return self.client.post(address, data=self.fields() | filled, headers=headers)

    def correct(self, place: str, role: str, **typed: str) -> TestResponse:
        """Give a line a role, and look at the page again."""
        return self.reopen(self.send("corrections", **typed, correct=f"{place} {role}"))

    def undo(self, place: str, **typed: str) -> TestResponse:
        """Take back what was said of a line, and look at the page again."""
        return self.reopen(self.send("corrections", **typed, undo=place))

    def reopen(self, answer: TestResponse) -> TestResponse:
        """Look at the page to which an answer leads."""
        assert answer.status_code == 303, answer.text
        self.page = self.client.get(answer.headers["Location"]).text
        return answer

    def adopt(self, **typed: str) -> TestResponse:
        """Send the form as it is to be adopted."""
        return self.client.post(PLANS, data=self.fields() | typed)
