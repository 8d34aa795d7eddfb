"""The mark of a workspace's folder whose log went to another home: from then on it takes no more events.

It is written before the new home takes over, so that at no moment two homes do.
"""

from pathlib import Path

import msgspec

from cchc_flow.errors import Refusal
from cchc_flow.files import write_atomically

FILE = "moved.txt"
MOVING, MOVED = "moving", "moved"


class Mark(msgspec.Struct, frozen=True):
    """`state` is MOVING while the new home may lack something, MOVED afterwards; `place` names that home."""

    state: str
    place: str

    def refusal(self) -> Refusal:
        """Return the error for whoever wants to write into the folder."""
        if self.state == MOVED:
            return Refusal(
                f"Không gian làm việc này đã chuyển sang {self.place}, nên ở đây không ghi thêm được.",
                "Hãy làm việc ở nơi mới.",
            )
        return Refusal(
            f"Việc chuyển không gian làm việc này sang {self.place} còn dở dang, nên chưa ghi thêm được.",
            "Hãy chạy lại «cchc-flow move» để chuyển cho xong.",
        )


def read_mark(folder: Path) -> Mark | None:
    """Return the mark of a workspace's folder, None without one."""
    try:
        state, _, place = (folder / FILE).read_text(encoding="utf-8").rstrip("\n").partition(" ")
    except FileNotFoundError:
        return None
    return Mark(MOVED if state == MOVED else MOVING, place)


def write_mark(folder: Path, mark: Mark) -> None:
    """Write the mark durably, in the place of an earlier one."""
    write_atomically(folder / FILE, f"{mark.state} {mark.place}\n".encode())
