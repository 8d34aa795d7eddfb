"""The mark of a workspace's folder whose log went to another home: from then on it takes no more events.

It is written before the new home takes over, so that at no moment two homes do.
"""

from pathlib import Path

import msgspec

from cchc_flow.errors import Refusal
from cchc_flow.files import sync_folder, write_atomically

FILE = "moved.txt"
MOVING, MOVED, RETURNING = "moving", "moved", "returning"


class Mark(msgspec.Struct, frozen=True):
    """`state` and `place`, which names the other home.

    MOVING while the new home may lack something, MOVED afterwards, RETURNING while the workspace comes back.
    """

    state: str
    place: str

    def refusal(self) -> Refusal:
        """Return the error for whoever wants to write into the home that has the mark."""
        if self.state == MOVED:
            return Refusal(
                f"Không gian làm việc này đã chuyển sang {self.place}, nên ở đây không ghi thêm được.",
                "Hãy làm việc ở nơi mới.",
            )
        way, option = ("từ", " --back") if self.state == RETURNING else ("sang", "")
        return Refusal(
            f"Việc chuyển không gian làm việc này {way} {self.place} còn dở dang, nên chưa ghi thêm được.",
            f"Hãy chạy lại «cchc-flow move{option}» để chuyển cho xong.",
        )


def read_mark(folder: Path) -> Mark | None:
    """Return the mark of a workspace's folder, None without one."""
    try:
        state, _, place = (folder / FILE).read_text(encoding="utf-8").rstrip("\n").partition(" ")
    except FileNotFoundError:
        return None
    return Mark(state if state in {MOVED, RETURNING} else MOVING, place)


def write_mark(folder: Path, mark: Mark) -> None:
    """Write the mark durably, in the place of an earlier one."""
    write_atomically(folder / FILE, f"{mark.state} {mark.place}\n".encode())


def remove_mark(folder: Path) -> None:
    """Remove the mark: from now on the folder takes events."""
    (folder / FILE).unlink(missing_ok=True)
    sync_folder(folder)
