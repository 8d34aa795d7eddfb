"""Checks the file of a report: was it made from this log, do its figures come out again, was it issued."""

import msgspec

from cchc_flow.audit.figure_check import FigureCheck, recompute
from cchc_flow.audit.findings import Finding, verdict
from cchc_flow.errors import BadInput
from cchc_flow.eventlog import merkle
from cchc_flow.eventlog.checkpoint import Checkpoint, parse_checkpoint
from cchc_flow.eventlog.note import Note, VerifierKey
from cchc_flow.eventlog.port import EventLog, Multiproof
from cchc_flow.previews import process as previews
from cchc_flow.projections.issued_files import KnownFile, find_beginning, find_same
from cchc_flow.reporting.attached_data import FIGURES, PROOFS, FiguresFile, read_figures, read_proofs
from cchc_flow.signatures import process as signatures
from cchc_flow.signatures.found import Signatures
from cchc_flow.signatures.words import is_sound, signature_title
from cchc_flow.workflow.shares import format_number
from cchc_flow.workspace import Workspace

LARGEST_FILE = 40 * 1024**2
"""In bytes: a report of some hundred pages with its signatures has a few megabytes."""


class Claims(msgspec.Struct, frozen=True):
    """What a file claims: its figures, the proof of their events, and the checkpoint that both name."""

    figures: FiguresFile
    proof: Multiproof
    checkpoint: Checkpoint
    note: Note


class DocumentCheck(msgspec.Struct, frozen=True, kw_only=True):
    """What was found out about a file; `known` is the issued file that it is, or with which it begins."""

    findings: tuple[Finding, ...]
    figures: FigureCheck = FigureCheck()
    signatures: Signatures = Signatures()
    known: KnownFile | None = None

    @property
    def is_right(self) -> bool | None:
        """False when anything is wrong, None when something could not be told, else True."""
        return verdict(self.findings)


NOT_ISSUED = Finding(
    False,
    "Đây không phải tệp đã ban hành từ nhật ký này: có thể là dự thảo, hoặc đã bị sửa. Chữ in trên trang"
    " không được đối chiếu, chỉ đối chiếu số liệu đính kèm trong tệp.",
)
NO_CLAIMS = Finding(False, "Tệp không mang số liệu đính kèm của một báo cáo, nên không có gì để tính lại.")


def check_with_log(
    ws: Workspace, content: bytes, key: str | None = None, trusted: tuple[bytes, ...] = ()
) -> DocumentCheck:
    """Return what a log says of a file, with the verifier key (None: the log's own) for its checkpoint.

    Raise BadInput for a key that is none.
    """
    verifier = VerifierKey.parse(key) if key else None
    same = find_same(ws.log, content)
    known = same or find_beginning(ws.log, content)
    signed = Signatures()
    if signatures.is_signed(content) or (known and not same):
        begin = known.size if known else 0
        signed = signatures.examine(content, ws.now(), trusted, begin)
    findings = [_issued_finding(known, signed, same=bool(same)), *_signature_findings(signed)]
    figures = FigureCheck()
    claims = _read_claims(content[: known.size] if known else content)
    if isinstance(claims, Claims):
        figures = recompute(ws, claims.figures)
        findings += _claim_findings(claims, ws.log, verifier)
        findings += _figure_findings(figures)
    elif not known:
        findings.append(claims)
    return DocumentCheck(findings=tuple(findings), figures=figures, signatures=signed, known=known)


def check_alone(content: bytes, key: str | None = None) -> DocumentCheck:
    """Return what can be told of a file without its log: whether its proof leads to a signed checkpoint."""
    verifier = VerifierKey.parse(key) if key else None
    claims = _read_claims(content)
    if not isinstance(claims, Claims):
        return DocumentCheck(findings=(claims,))
    seal = f"gồm {format_number(claims.checkpoint.size)} sự kiện của nhật ký «{claims.checkpoint.origin}»"
    return DocumentCheck(
        findings=(
            _key_finding(claims, verifier, None),
            _proof_finding(claims),
            Finding(
                None,
                f"Không có nhật ký ở đây, nên chỉ kiểm được dấu niêm phong {seal}; số liệu không tính lại.",
            ),
        )
    )


def _read_claims(content: bytes) -> Claims | Finding:
    """Return what a file claims, or the finding that it claims nothing that can be read."""
    attached = previews.attached_files(content)
    if FIGURES not in attached or PROOFS not in attached:
        return NO_CLAIMS
    try:
        figures, proof = read_figures(attached[FIGURES]), read_proofs(attached[PROOFS])
        checkpoint, note = parse_checkpoint(figures.checkpoint)
    except BadInput as error:
        return Finding(False, str(error))
    return Claims(figures, proof, checkpoint, note)


def _issued_finding(known: KnownFile | None, signed: Signatures, *, same: bool) -> Finding:
    if known is None:
        return NOT_ISSUED
    what = f"bản đã ký của {known.name}" if known.signed_by else f"tệp đã ban hành của {known.name}"
    where = f"(sự kiện {format_number(known.position)})"
    if known.recalled:
        return Finding(False, f"Tệp là hoặc bắt đầu bằng {what} {where}, nhưng văn bản này đã bị thu hồi.")
    if same:
        return Finding(True, f"Đây đúng là {what} {where}, không sai một byte.")
    if signed.changes_since is None:
        return Finding(None, f"Tệp bắt đầu bằng {what} {where}, nhưng không kiểm tra được phần thêm vào sau.")
    if signed.changes_since == "signed":
        return Finding(True, f"Tệp bắt đầu bằng {what} {where}; từ đó chỉ được ký thêm.")
    return Finding(
        False,
        f"Tệp bắt đầu bằng {what} {where}, nhưng sau đó bị thêm nội dung không phải chữ ký: điều đang thấy có"
        " thể khác bản đã ban hành.",
    )


def _signature_findings(signed: Signatures) -> list[Finding]:
    """Return a finding for each signature that does not fit the file, and one if they cannot be read."""
    fault = "không khớp với tệp, bị thêm nội dung sau khi ký, hoặc không kiểm tra được."
    odd = (signature for signature in signed.found if not is_sound(signature))
    findings = [Finding(False, f"{signature_title(signature)} {fault}") for signature in odd]
    return [*findings, Finding(None, signed.fault)] if signed.fault else findings


def _claim_findings(claims: Claims, log: EventLog, verifier: VerifierKey | None) -> list[Finding]:
    found = [_origin_finding(claims, log), _key_finding(claims, verifier, log), _proof_finding(claims)]
    return [*found, _bodies_finding(claims, log)] if found[0].is_right else found


def _origin_finding(claims: Claims, log: EventLog) -> Finding:
    """Return whether the log had, after as many events, the root that the file names."""
    own, _ = parse_checkpoint(log.checkpoint())
    claimed = claims.checkpoint
    if claimed.origin != own.origin:
        return Finding(False, f"Số liệu lập từ nhật ký «{claimed.origin}», không phải nhật ký này.")
    if claimed.size > own.size:
        return Finding(
            False,
            f"Nhật ký này có {format_number(own.size)} sự kiện, ít hơn {format_number(claimed.size)} sự kiện"
            " mà tệp nêu: nhật ký bị mất phần cuối, hoặc tệp không lập từ nhật ký này.",
        )
    if log.root(claimed.size) != claimed.root:
        return Finding(
            False,
            f"{format_number(claimed.size)} sự kiện đầu của nhật ký này có mã gốc khác mã gốc trong tệp:"
            " nhật ký đã bị thay đổi, hoặc tệp không lập từ nó.",
        )
    return Finding(
        True, f"Số liệu lập từ nhật ký này, từ {format_number(claimed.size)} sự kiện đầu; mã gốc khớp."
    )


def _key_finding(claims: Claims, verifier: VerifierKey | None, log: EventLog | None) -> Finding:
    """Return whether the checkpoint is signed by the key that is given, else by that of the log."""
    if verifier:
        if verifier.has_signed(claims.note):
            return Finding(True, "Dấu niêm phong trong tệp có chữ ký đúng của khóa kiểm tra được đưa vào.")
        return Finding(False, "Dấu niêm phong trong tệp không có chữ ký của khóa kiểm tra được đưa vào.")
    if log and claims.checkpoint.size <= log.size():
        own = VerifierKey.parse(log.checkpoint_at(claims.checkpoint.size)[1])
        words = "chữ ký của khóa ghi trong nhật ký này; khóa đó không độc lập với nhật ký."
        if own.has_signed(claims.note):
            return Finding(True, f"Dấu niêm phong trong tệp có {words}")
        return Finding(False, f"Dấu niêm phong trong tệp không có {words}")
    return Finding(
        None,
        "Chưa có khóa kiểm tra giữ ở nơi khác, nên chưa biết dấu niêm phong có đúng là của nhật ký đó.",
    )


def _proof_finding(claims: Claims) -> Finding:
    """Return whether all events that the figures rest on are proved to be under the checkpoint."""
    proof, checkpoint = claims.proof, claims.checkpoint
    positions = {position for figure in claims.figures.figures for position in figure.positions}
    leaves = {position - 1: leaf for position, leaf in proof.leaves.items()}
    if (
        (proof.size, proof.root) == (checkpoint.size, checkpoint.root)
        and positions == proof.leaves.keys()
        and claims.figures.cut_off.position <= checkpoint.size
        and merkle.verify_multiproof(leaves, proof.size, proof.nodes, proof.root)
    ):
        return Finding(
            True,
            f"Cả {format_number(len(positions))} sự kiện đứng sau số liệu được chứng minh nằm dưới dấu niêm"
            " phong.",
        )
    return Finding(
        False, "Chứng minh trong tệp không dẫn từ các sự kiện đứng sau số liệu đến dấu niêm phong."
    )


def _bodies_finding(claims: Claims, log: EventLog) -> Finding:
    """Return whether the events behind the figures still have the bodies that were sealed.

    The root of a log is read from its tree; only verification computes it from all bodies.
    """
    changed = [
        position
        for position, leaf in sorted(claims.proof.leaves.items())
        if position > log.size() or merkle.leaf_hash(log.body(position)) != leaf
    ]
    if changed:
        return Finding(
            False,
            f"Nội dung của sự kiện {format_number(changed[0])} trong nhật ký không còn như lúc niêm phong.",
        )
    return Finding(True, "Nội dung của các sự kiện đó trong nhật ký vẫn đúng như lúc niêm phong.")


def _figure_findings(check: FigureCheck) -> list[Finding]:
    if check.fault:
        return [Finding(None, f"Chưa tính lại được số liệu: {check.fault}")]
    if not check.different:
        return [Finding(True, f"Tính lại {check.count} số liệu ở đúng mốc chốt: đều ra như trong tệp.")]
    words = f"Tính lại {check.count} số liệu ở đúng mốc chốt: {len(check.different)} số liệu khác với tệp."
    if check.other_software:
        return [
            Finding(None, f"{words} Báo cáo lập bằng bản phần mềm {check.other_software[:40]}, khác bản này.")
        ]
    if all(figure.other_rules for figure in check.different):
        return [Finding(None, f"{words} Quy tắc tính các số liệu đó đã đổi từ khi lập báo cáo.")]
    return [Finding(False, words)]
