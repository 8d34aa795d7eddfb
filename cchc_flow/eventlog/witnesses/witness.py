"""A witness: it keeps the last checkpoint that it saw of each log, and cosigns the next that only adds to it.

Its folder has `witness.key`, a file for each log that it watches, and in `forks/` both checkpoints of each
log that showed it two histories: whoever has both, and the log's key, needs no witness to believe it.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from cchc_flow.conversion import decode
from cchc_flow.errors import BadInput, NotFound
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.consistency_request import ConsistencyRequest, parse_request
from cchc_flow.eventlog.instants import format_instant
from cchc_flow.eventlog.keys import dump_private_key, parse_private_key
from cchc_flow.eventlog.note import Note, VerifierKey, format_note
from cchc_flow.eventlog.witnesses.cosignature import Cosigner
from cchc_flow.files import make_folder, read_or_create, write_atomically
from cchc_flow.workflow.shares import format_number

KEY_FILE, LOGS, FORKS, LOCK = "witness.key", "logs", "forks", "lock"
MOST_FORKS = 100
"""Files of forks that are kept: a log that is wrong once goes on asking."""

TEXT, SIZE = "text/plain; charset=utf-8", "text/x.tlog.size"


class WatchedLog(msgspec.Struct, frozen=True, kw_only=True):
    """A log that a witness knows by its origin: its verifier keys, and the last checkpoint, with when.

    `size` is 0, `root`, `note` and `at` are empty before the first.
    """

    origin: str
    keys: tuple[str, ...]
    size: int = 0
    root: bytes = b""
    note: str = ""
    at: str = ""

    def has_signed(self, note: Note) -> bool:
        """Tell whether a note is signed by one of the log's keys."""
        return any(VerifierKey.parse(key).has_signed(note) for key in self.keys)


class Answer(msgspec.Struct, frozen=True):
    """What a witness answers: the HTTP status of tlog-witness, the text, its media type.

    `is_fork` says that the log showed the witness a history that does not go on from the one it saw.
    """

    status: int
    text: str
    media_type: str = TEXT
    is_fork: bool = False


class Witness:
    """The witness whose folder this is; `now` gives the time of its cosignatures."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        if not (folder / KEY_FILE).is_file():
            raise NotFound(
                f"Thư mục «{folder}» không phải của một bên chứng kiến.",
                "Hãy tạo bằng «cchc-flow witness init».",
            )
        self._folder, self._now = folder, now
        self._cosigner = _load_cosigner(folder / KEY_FILE)
        self.key = self._cosigner.key

    @classmethod
    def create(cls, folder: Path, name: str, now: Callable[[], datetime]) -> "Witness":
        """Make the folder of a new witness with a key of its own; raise BadInput where one is already."""
        private = SigningKey.generate()
        Cosigner(name, private)  # refuses a name that cannot be one
        if (folder / KEY_FILE).exists():
            raise BadInput(f"Thư mục «{folder}» đã là của một bên chứng kiến.", "Hãy chọn thư mục khác.")
        make_folder(folder / LOGS)
        content = f"{name}\n{dump_private_key(private)}".encode()
        read_or_create(folder / KEY_FILE, lambda: content)
        return cls(folder, now)

    def watch(self, key: VerifierKey) -> WatchedLog:
        """Know a log from now on by its verifier key, or take a new key of a log that is known already."""
        with self._lock():
            log = self.find_log(key.name) or WatchedLog(origin=key.name, keys=())
            if str(key) not in log.keys:
                log = msgspec.structs.replace(log, keys=(*log.keys, str(key)))
                self._save(log)
            return log

    def logs(self) -> list[WatchedLog]:
        """Return the logs that are known, by their origins."""
        files = sorted((self._folder / LOGS).glob("*.json"))
        return sorted(map(_load, files), key=lambda log: log.origin)

    def find_log(self, origin: str) -> WatchedLog | None:
        """Return the log of an origin, None for one that is not known."""
        path = self._path(origin)
        return _load(path) if path.is_file() else None

    def forks(self) -> list[Path]:
        """Return the files that each hold two checkpoints of a log that contradict each other."""
        return sorted((self._folder / FORKS).glob("*.txt"))

    def answer(self, text: str) -> Answer:
        """Return the answer to an `add-checkpoint` request, with a cosignature if everything is right.

        What was cosigned is on the disk before it is answered, and one request follows the other.
        """
        try:
            request = parse_request(text)
            checkpoint, note = parse_checkpoint(request.note)
        except BadInput as error:
            return Answer(400, f"{error}\n")
        with self._lock():
            log = self.find_log(checkpoint.origin)
            if log is None:
                return Answer(404, f"Không theo dõi nhật ký «{checkpoint.origin}».\n")
            if not log.has_signed(note):
                return Answer(403, "Dấu niêm phong không do khóa đã biết của nhật ký này ký.\n")
            return self._refusal(log, request, checkpoint) or self._cosign(log, checkpoint, note)

    def _refusal(self, log: WatchedLog, request: ConsistencyRequest, new: Checkpoint) -> Answer | None:
        """Return why a checkpoint that the log signed is not cosigned, None when it adds to what was seen."""
        if request.old > new.size:
            return Answer(
                400, f"Dấu niêm phong có {format_number(new.size)} sự kiện, ít hơn «old {request.old}».\n"
            )
        if request.old != log.size:
            return Answer(409, f"{log.size}\n", SIZE)
        if request.old == new.size and log.size and new.root != log.root:
            self._keep_fork(log, request)
            return Answer(409, f"{log.size}\n", SIZE, is_fork=True)
        path = list(request.path)
        if log.size == 0:
            return Answer(422, "Lần đầu thì không có mã băm nào ở trên.\n") if path else None
        if not merkle.verify_consistency((log.size, log.root), (new.size, new.root), path):
            self._keep_fork(log, request)
            words = (
                f"Lịch sử này không nối tiếp {format_number(log.size)} sự kiện đã chứng kiến lúc {log.at}.\n"
            )
            return Answer(422, words, is_fork=True)
        return None

    def _cosign(self, log: WatchedLog, new: Checkpoint, note: Note) -> Answer:
        now = self._now()
        signature = self._cosigner.cosign(note.text, now)
        kept = format_note(note.text, [*note.signatures, signature])
        changes = {"size": new.size, "root": new.root, "note": kept, "at": format_instant(now)}
        self._save(msgspec.structs.replace(log, **changes))
        return Answer(200, format_note("", [signature]).removeprefix("\n"))

    def _keep_fork(self, log: WatchedLog, request: ConsistencyRequest) -> None:
        """Keep both checkpoints: the last that was cosigned, and the request that does not go on from it."""
        make_folder(self._folder / FORKS)
        if len(self.forks()) < MOST_FORKS:
            content = f"{log.note}\n{request.text()}".encode()
            name = f"{_file_name(log.origin)}-{sha256(content).hexdigest()[:16]}.txt"
            write_atomically(self._folder / FORKS / name, content)

    def _save(self, log: WatchedLog) -> None:
        write_atomically(self._path(log.origin), msgspec.json.format(msgspec.json.encode(log)))

    def _path(self, origin: str) -> Path:
        return self._folder / LOGS / f"{_file_name(origin)}.json"

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """Let one request at a time look at what was seen and write what is seen now."""
        with (self._folder / LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _file_name(origin: str) -> str:
    """Return a name for the files of a log: origins have slashes, and any length."""
    return sha256(origin.encode()).hexdigest()[:16]


def _load_cosigner(path: Path) -> Cosigner:
    """Return the key in a file: its name on a line of its own, then the private key as PEM."""
    name, _, pem = path.read_text("utf-8", "replace").partition("\n")
    try:
        return Cosigner(name, parse_private_key(pem))
    except ValueError as error:
        raise BadInput(
            f"Tệp khóa «{path}» của bên chứng kiến đã hỏng.", "Hãy khôi phục tệp đó từ bản sao."
        ) from error


def _load(path: Path) -> WatchedLog:
    try:
        return decode(path.read_bytes(), WatchedLog)
    except msgspec.MsgspecError as error:
        raise BadInput(
            f"Tệp «{path}» của bên chứng kiến đã hỏng nên không biết đã thấy đến đâu.",
            "Hãy khôi phục tệp đó từ bản sao; đừng xóa, kẻo một lịch sử khác được chứng kiến từ đầu.",
        ) from error
