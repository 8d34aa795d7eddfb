"""The views of boards, lists and calendars that each person has saved by a name of one's own."""

from datetime import datetime

import msgspec

from cchc_flow.accounts.port import AccountsDatabase, instant_text
from cchc_flow.errors import MissingData, NotFound, Refusal
from cchc_flow.workflow.typed_text import UnfitText, clean_line

MOST = 50
NAME_LIMIT = 60


class SavedView(msgspec.Struct, frozen=True):
    """A view of one person: its number and name, the page (such as board) and the query of its address."""

    number: int
    name: str
    page: str
    query: str


class SavedViews:
    """Reads and writes the saved views of one workspace."""

    def __init__(self, database: AccountsDatabase) -> None:
        self._database = database

    def of(self, person: str) -> list[SavedView]:
        """Return the views of a person, in the order in which they were saved."""
        sql = "SELECT number, name, page, query FROM saved_views WHERE person = ? ORDER BY number"
        return [
            SavedView(int(number), name, page, query)
            for number, name, page, query in self._database.fetch_all(sql, person)
        ]

    def save(self, person: str, name: str, page: str, query: str, now: datetime) -> None:
        """Save a view; raise MissingData for a name that is empty, long or taken, Refusal for too many."""
        name = self._clean_name(person, name)
        if len(self.of(person)) >= MOST:
            raise Refusal(
                f"Bạn đã lưu {MOST} cách xem, là số nhiều nhất.", "Hãy xóa bớt một cách xem rồi lưu lại."
            )
        with self._database.transaction() as db:
            db.execute(
                "INSERT INTO saved_views (person, name, page, query, made) VALUES (?, ?, ?, ?, ?)",
                [person, name, page, query, instant_text(now)],
            )

    def rename(self, person: str, number: int, name: str) -> None:
        """Rename one of a person's views; raise MissingData for a bad name, NotFound for no view."""
        if all(view.number != number for view in self.of(person)):
            raise NotFound("Cách xem này không còn nữa.", "Hãy mở lại danh sách cách xem của bạn.")
        name = self._clean_name(person, name, number)
        with self._database.transaction() as db:
            db.execute(
                "UPDATE saved_views SET name = ? WHERE number = ? AND person = ?", [name, number, person]
            )

    def delete(self, person: str, number: int) -> None:
        """Delete one of a person's views; nothing happens if it is gone, or is another person's."""
        with self._database.transaction() as db:
            db.execute("DELETE FROM saved_views WHERE number = ? AND person = ?", [number, person])

    def _clean_name(self, person: str, name: str, number: int = 0) -> str:
        """Return a name as it is stored; raise MissingData for one that is empty, too long or taken."""
        try:
            name = clean_line(name, NAME_LIMIT)
        except UnfitText:
            raise MissingData({"name": f"Hãy đặt tên ngắn hơn, không quá {NAME_LIMIT} ký tự."}) from None
        if not name:
            raise MissingData({"name": "Hãy đặt tên cho cách xem này."})
        if any(view.name == name and view.number != number for view in self.of(person)):
            raise MissingData({"name": f"Bạn đã có một cách xem tên «{name}». Hãy đặt tên khác."})
        return name
