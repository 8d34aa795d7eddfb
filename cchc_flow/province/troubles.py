"""What keeps communes from being read or written: noted for a while, then they are tried again."""

import logging
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager

import msgspec

from cchc_flow.errors import CchcError
from cchc_flow.eventlog.driver import sqlite3

RETRY_SECONDS = 60.0
"""After how long a commune in trouble, or one whose plugins failed, is tried again."""
DAMAGED = (
    "Dữ liệu của xã hỏng, không đọc được. Quản trị máy chủ chạy «cchc-flow verify»; nếu nhật ký nguyên vẹn"
    " thì chạy «cchc-flow rebuild»."
)


class _Trouble(msgspec.Struct, frozen=True):
    """What is wrong, and when that was found, by the steady clock."""

    why: str
    at: float


class Troubles:
    """The troubles that a process knows of, by what they are about; each is forgotten after a while."""

    def __init__(self, steady: Callable[[], float] = time.monotonic) -> None:
        self._steady = steady
        self._troubles: dict[Hashable, _Trouble] = {}

    def find(self, about: Hashable) -> str:
        """Return what is wrong, "" for nothing that is known or is recent."""
        trouble = self._troubles.get(about)
        return trouble.why if trouble and not self._is_over(trouble) else ""

    def forget(self, about: Hashable) -> None:
        """Forget a trouble, if there is one."""
        self._troubles.pop(about, None)

    @contextmanager
    def noted(self, about: Hashable, doing: str) -> Iterator[None]:
        """Note what the block raises and go on; where nothing is raised, an earlier trouble is over.

        `doing` says for the program's own log what was done, and in a sentence for people what failed.
        """
        try:
            yield
        except CchcError as error:
            self._note(about, str(error))
        except sqlite3.DatabaseError:
            self._note(about, DAMAGED)
        except Exception as error:  # whatever is broken there concerns this commune and no other
            logging.getLogger(__name__).exception("%s: %s", doing, about)
            self._note(about, f"Phần mềm gặp lỗi khi {doing} ({type(error).__name__}).")
        else:
            self.forget(about)

    def _note(self, about: Hashable, why: str) -> None:
        recent = {key: trouble for key, trouble in self._troubles.items() if not self._is_over(trouble)}
        self._troubles = recent | {about: _Trouble(why, self._steady())}

    def _is_over(self, trouble: _Trouble) -> bool:
        return self._steady() - trouble.at >= RETRY_SECONDS
