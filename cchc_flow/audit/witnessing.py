"""The witnesses of a workspace: who has to cosign its checkpoints, who did and when, and asking them."""

import logging
from datetime import datetime, timedelta

import msgspec

from cchc_flow import logs
from cchc_flow.errors import BadInput, CchcError, Refusal
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.verification.checkpoint_file import text_of_file
from cchc_flow.eventlog.witnesses.asking import Refused, ask_witness, http_post, prepare_request
from cchc_flow.eventlog.witnesses.cosignature import WitnessKey
from cchc_flow.eventlog.witnesses.cosigned import (
    Cosigned,
    CosignedCheckpoints,
    parse_cosigned,
)
from cchc_flow.projections import settings
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

MAX_FILE = 20_000
"""Bytes that are read of a witness's answer: a note is a few lines."""
CLOCKS_DIFFER = timedelta(minutes=5)
"""By how much the clock of a witness may be ahead; a signature of the future would be fresh until then."""


class WitnessState(msgspec.Struct, frozen=True, kw_only=True):
    """One witness of the setting, what it cosigned last, and whether that is of this log and fresh.

    `fork` says in words that what it has seen is no beginning of this log, which was rolled back or written
    anew; empty when all is well.
    """

    key: WitnessKey
    address: str
    cosigned: Cosigned | None
    is_fresh: bool
    fork: str


class Witnessing(msgspec.Struct, frozen=True, kw_only=True):
    """All witnesses of a workspace, how many are needed, and how many days their word is fresh."""

    states: tuple[WitnessState, ...]
    needed: int
    days: int

    @property
    def warnings(self) -> list[str]:
        """What is not as the setting asks, in sentences; nothing where no witness was ever named."""
        found = [state.fork for state in self.states if state.fork]
        fresh = sum(state.is_fresh for state in self.states)
        if self.states and fresh < self.needed:
            found.append(
                f"Chỉ có {fresh} bên chứng kiến trong {self.days} ngày gần đây, cần {self.needed}: hãy hỏi"
                " lại các bên chứng kiến."
            )
        return found


def load_witnessing(ws: Workspace) -> Witnessing:
    """Return the witnesses of the setting in force with what each cosigned last."""
    setting = settings.effective_settings(ws.read()).witnesses
    since = ws.now() - timedelta(days=setting.days)
    states = tuple(
        _state(ws, key, witness.address, since)
        for witness in setting.witnesses
        if (key := _parse_key(witness.key))
    )
    return Witnessing(states=states, needed=setting.needed, days=setting.days)


def ask_all(ws: Workspace) -> list[Refused]:
    """Ask each witness that has an address, keep what they cosign, and return why the others did not.

    A witness that has seen another history is told in the security log as well.
    """
    refused = []
    for state in load_witnessing(ws).states:
        if state.address and isinstance(outcome := _ask(ws, state), Refused):
            refused.append(outcome)
            if outcome.is_fork:
                logs.report_refusal("fork", workspace=ws.name, witness=state.key.name)
    return refused


def request_for(ws: Workspace, key: WitnessKey | None) -> str:
    """Return the file to carry to a witness: the newest checkpoint, and the proof from what it saw last.

    None stands for one that has seen nothing of this log.
    """
    cosigned = CosignedCheckpoints(ws.folder).find(key) if key else None
    old = cosigned.checkpoint.size if cosigned else 0
    if old > ws.log.size():
        raise Refusal(
            f"Bên chứng kiến «{key.name if key else ''}» đã thấy {format_number(old)} sự kiện, nhiều hơn"
            " nhật ký hiện có.",
            "Nhật ký đã bị lùi lại: hãy khôi phục bản mới hơn.",
        )
    return prepare_request(ws.log, old).text()


def take_answer(ws: Workspace, content: bytes) -> WitnessState:
    """Keep the cosigned checkpoint that a witness gave back as a file; return the state of that witness.

    Raise BadInput when it is by no witness of the setting, not of this log, or of another history.
    """
    note = text_of_file(content[:MAX_FILE]).strip("\n") + "\n"
    checkpoint, parsed = parse_checkpoint(note)
    for state in load_witnessing(ws).states:
        if state.key.signature_values(parsed):
            cosigned = parse_cosigned(note, state.key)
            _require_own(ws, cosigned)
            _require_past(ws, state.key, cosigned)
            CosignedCheckpoints(ws.folder).keep(state.key, cosigned)
            return state
    raise BadInput(
        f"Dấu niêm phong {format_number(checkpoint.size)} sự kiện này không có chữ ký của bên chứng kiến nào"
        " đã khai.",
        "Hãy khai khóa của bên đó ở Thiết lập, mục Bên chứng kiến.",
    )


def _ask(ws: Workspace, state: WitnessState) -> Refused | None:
    try:
        old = state.cosigned.checkpoint.size if state.cosigned and not state.fork else 0
        outcome = ask_witness(ws.log, state.key, old, http_post(state.address))
    except CchcError as error:
        return Refused(str(error))
    kept = CosignedCheckpoints(ws.folder)
    if isinstance(outcome, Cosigned):
        try:
            _require_past(ws, state.key, outcome)
        except BadInput as error:
            return Refused(str(error))
        kept.keep_answer(state.key, outcome)
        return None
    if outcome.is_fork:
        kept.keep_fork(state.key, outcome.words)
    return outcome


def _state(ws: Workspace, key: WitnessKey, address: str, since: datetime) -> WitnessState:
    kept = CosignedCheckpoints(ws.folder)
    cosigned, fork = kept.find(key), kept.find_fork(key)
    if cosigned and not _is_of_log(ws, cosigned):
        fork = fork or (
            f"Dấu niêm phong {format_number(cosigned.checkpoint.size)} sự kiện mà «{key.name}» đã chứng kiến"
            " không phải của nhật ký hiện có: nhật ký đã bị lùi lại hoặc viết lại."
        )
    latest = ws.now() + CLOCKS_DIFFER
    is_fresh = cosigned is not None and not fork and since <= cosigned.at <= latest
    return WitnessState(key=key, address=address, cosigned=cosigned, is_fresh=is_fresh, fork=fork)


def _is_of_log(ws: Workspace, cosigned: Cosigned) -> bool:
    """Tell whether a checkpoint is one of this log as it is now."""
    size, root = cosigned.checkpoint.size, cosigned.checkpoint.root
    return size <= ws.log.size() and ws.log.root(size) == root


def _require_own(ws: Workspace, cosigned: Cosigned) -> None:
    """Raise BadInput for a checkpoint that is none of this log as it is now."""
    if not _is_of_log(ws, cosigned):
        raise BadInput(
            f"Dấu niêm phong {format_number(cosigned.checkpoint.size)} sự kiện này không phải của nhật ký"
            " hiện có: đó là nhật ký khác, hoặc nhật ký đã bị lùi lại hay viết lại.",
            "Hãy giữ tệp này làm bằng chứng và báo người kiểm tra.",
        )


def _require_past(ws: Workspace, key: WitnessKey, cosigned: Cosigned) -> None:
    """Raise BadInput for a cosignature that says it was made in the future."""
    if cosigned.at > ws.now() + CLOCKS_DIFFER:
        raise BadInput(
            f"Chữ ký của «{key.name}» ghi {moment_words(cosigned.at.isoformat())}, sau giờ của máy chủ.",
            "Hãy chỉnh đồng hồ của hai máy rồi hỏi lại bên chứng kiến.",
        )


def _parse_key(words: str) -> WitnessKey | None:
    """Return a key of the setting, None for one that another program may have stored otherwise."""
    try:
        return WitnessKey.parse(words)
    except BadInput:
        logging.getLogger(__name__).warning("the setting has a witness key that cannot be read")
        return None
