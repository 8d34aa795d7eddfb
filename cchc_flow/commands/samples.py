"""Commands about the samples of an inspection: how one is to be drawn is laid down first, then it is drawn.

What is drawn follows from a root that does not exist yet when the rule is recorded, and from a secret to
which the inspector has committed by then. Whoever writes into the log can choose the root, but does not know
the secret; the inspector knows the secret, but cannot choose the root. So neither can steer it.
"""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
from sqlite_utils import Database

from cchc_flow.commands.inspections import require_inspector, require_open_audit
from cchc_flow.commands.old_pages import refuse_old_page
from cchc_flow.commands.unit_of_work import Commit, NewEvents, Order, UnitOfWork
from cchc_flow.conversion import convert
from cchc_flow.errors import IllegalMove, MissingData, NotFound
from cchc_flow.eventlog.checkpoint import parse_checkpoint
from cchc_flow.eventlog.instants import format_instant, parse_instant
from cchc_flow.eventlog.port import EventLog, Receipt, RecordedEvent
from cchc_flow.projections import plans, workflows
from cchc_flow.projections.cards import population
from cchc_flow.projections.cards.population import Scope
from cchc_flow.projections.runner import position
from cchc_flow.workflow import sampling
from cchc_flow.workflow.calendar import moment_words
from cchc_flow.workflow.definition import Field
from cchc_flow.workflow.events import NAMES, JsonObject, SampledItem, SampleDrawn, SamplePlanned
from cchc_flow.workflow.fields import clean
from cchc_flow.workflow.item import Item
from cchc_flow.workflow.policy import AUDITOR
from cchc_flow.workflow.typed_text import upper_first
from cchc_flow.workspace import Workspace

BASES = (
    ("done", "hoàn thành trong thời kỳ được kiểm tra"),
    ("due", "đến hạn trong thời kỳ được kiểm tra"),
    ("all", "tất cả, mọi thời kỳ"),
)
DIVISIONS = (("unit", "theo đơn vị chủ trì"), ("area", "theo lĩnh vực"), ("none", "không chia tầng"))
WAITS = (("10", "10 phút nữa"), ("60", "1 giờ nữa"), ("1440", "24 giờ nữa"))
"""After how many minutes the checkpoint counts from which the seed is made."""
COMMITMENT_LENGTH = 64
SHORTEST_SECRET = 16


class Sample(msgspec.Struct, frozen=True):
    """A sample as far as it is recorded: its rule, and what was drawn by it, None until then."""

    planned_by: RecordedEvent
    plan: SamplePlanned
    drawn_by: RecordedEvent | None = None
    drawn: SampleDrawn | None = None

    @property
    def size(self) -> int:
        """How many items the sample has."""
        return sum(stratum.size for stratum in self.plan.strata)


def _options(choices: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return choices as a list shows them: they are written as parts of the rule's sentence."""
    return tuple((value, upper_first(title)) for value, title in choices)


def sample_fields(db: Database, audit: Item) -> tuple[Field, ...]:
    """Return what the form of a new sample asks for."""
    kinds = tuple(
        (workflow.kind, workflow.short or workflow.title)
        for workflow in workflows.newest_workflows(db)
        if not workflow.readers  # the event names the items, and everybody who reads the log may read it
    )
    areas = tuple((area.code, f"{area.code}. {area.title}") for area in plans.areas(db, audit.plan or ""))
    return (
        Field("kind", "choice", "Loại công việc", required=True, choices=kinds),
        Field("basis", "choice", "Công việc", required=True, choices=_options(BASES)),
        Field("units", "units", "Đơn vị chủ trì", hint="Để trống: mọi đơn vị"),
        Field("area", "choice", "Lĩnh vực của kế hoạch", choices=areas),
        Field("by", "choice", "Chia tầng", required=True, choices=_options(DIVISIONS)),
        Field("confidence", "amount", "Độ tin cậy (%)", required=True, hint="Thường là 95"),
        Field("rate", "amount", "Tỷ lệ sai sót chấp nhận được (%)", required=True, hint="Thường là 5"),
        Field("wait", "choice", "Dấu niêm phong dùng để rút", required=True, choices=WAITS),
        Field("commitment", "line", "Mã băm SHA-256 của bí mật", required=True),
    )


def plan_sample(
    ws: Workspace, audit_id: str, raw: JsonObject, order: Order, *, seen: int | None = None
) -> Receipt | None:
    """Lay down how a sample is drawn from the items as they are now; raise NotAllowed or MissingData."""

    def decide_commit() -> Commit:
        unit = require_inspector(uow, "chọn mẫu")
        audit, stream = require_open_audit(uow, audit_id).item, sample_stream(audit_id)
        refuse_old_page(uow, stream, seen, "chọn mẫu ở cuộc kiểm tra này")
        data = clean(sample_fields(uow.db, audit), raw, uow.context(None))
        after = format_instant(_round_up(ws.now() + timedelta(minutes=int(data["wait"]))))
        event = _planned_sample(uow.db, audit, data, after)
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], AUDITOR, unit)

    uow = UnitOfWork(ws, order)
    return uow.write(["plan-sample", audit_id, raw], decide_commit)


def draw_sample(
    ws: Workspace, audit_id: str, planned: str, secret: str, order: Order, *, seen: int | None = None
) -> Receipt | None:
    """Draw the sample whose rule the event `planned` (its id) recorded, and tell the secret.

    Raise NotFound for no such sample, IllegalMove for one that was drawn or whose checkpoint is not there
    yet, MissingData for a secret that is not the one she committed to.
    """

    def decide_commit() -> Commit:
        unit = require_inspector(uow, "rút mẫu")
        require_open_audit(uow, audit_id)
        stream = sample_stream(audit_id)
        refuse_old_page(uow, stream, seen, "chọn mẫu ở cuộc kiểm tra này")
        sample = find_sample(samples_of(ws.log, audit_id, position(uow.db)), planned)
        event = _drawn_sample(ws, uow.db, sample, _readable_secret(secret))
        return Commit([NewEvents(stream, uow.version_of(stream), (event,))], AUDITOR, unit)

    uow = UnitOfWork(ws, order)
    return uow.write(["draw-sample", audit_id, planned, secret], decide_commit)


def sample_stream(audit_id: str) -> str:
    """Return the name of the stream that has the samples of an inspection."""
    return f"inspection-{audit_id}"


def samples_of(log: EventLog, audit_id: str, upto: int) -> list[Sample]:
    """Return the samples of an inspection as of a position, in the order in which they were laid down."""
    samples: dict[str, Sample] = {}
    for event in log.streams([sample_stream(audit_id)], upto):
        if event.type == NAMES[SamplePlanned]:
            samples[event.id] = Sample(event, convert(event.data, SamplePlanned))
        elif event.type == NAMES[SampleDrawn]:
            drawn = convert(event.data, SampleDrawn)
            samples[drawn.planned] = msgspec.structs.replace(
                samples[drawn.planned], drawn_by=event, drawn=drawn
            )
    return list(samples.values())


def find_sample(samples: list[Sample], planned: str) -> Sample:
    """Return the sample whose rule an event recorded; raise NotFound."""
    for sample in samples:
        if sample.planned_by.id == planned:
            return sample
    raise NotFound("Cuộc kiểm tra này không có mẫu ấy.", "Hãy mở lại trang của cuộc kiểm tra.")


def items_to_draw_from(db: Database, plan: SamplePlanned) -> dict[str, list[str]]:
    """Return the population of a sample by stratum, as of the position that its rule names."""
    scope = Scope(
        plan.kind,
        plan.basis,  # type: ignore[arg-type]  # one of the choices of its schema
        date.fromisoformat(plan.first),
        date.fromisoformat(plan.last),
        plan.units,
        plan.plan,
        plan.area,
    )
    return population.population(db, scope, plan.by, plan.position)  # type: ignore[arg-type]  # as above


def drawn_anew(db: Database, plan: SamplePlanned, drawn: SampleDrawn) -> bool:
    """Tell whether a sample comes out again by its own rule, seed and population."""
    held = items_to_draw_from(db, plan)
    seed = sampling.seed_of(drawn.root, drawn.secret)
    items = sampling.draw(seed, held, plan.strata) if _fits(held, plan) else []
    return (
        sampling.commitment_of(drawn.secret) == plan.commitment
        and seed == drawn.seed
        and items == [(item.stratum, item.item) for item in drawn.items]
    )


def checkpoint_of(log: EventLog, after: str, upto: int) -> tuple[int, str, str] | None:
    """Return size, root (base64) and time of the first checkpoint that covers an event from a moment on.

    None while no such event is recorded.
    """
    first = log.position_before(parse_instant(after)) + 1
    if first > upto:
        return None
    note, _ = log.checkpoint_at(first)
    seal, _ = parse_checkpoint(note)
    return seal.size, note.splitlines()[2], seal.time


def _planned_sample(db: Database, audit: Item, data: JsonObject, after: str) -> SamplePlanned:
    """Return the event with the rule of a sample; raise MissingData for what does not make one."""
    confidence, rate = _share(data, "confidence", 50), _share(data, "rate", 0)
    commitment = data["commitment"].lower()
    if len(commitment) != COMMITMENT_LENGTH or not set(commitment) <= sampling.HEX:
        raise MissingData({"commitment": "Mã băm: gồm 64 chữ số 0-9, a-f, như lệnh sha256sum in ra."})
    first, last = str(audit.fields["first"]), str(audit.fields["last"])
    units = data["units"] or tuple(filter(None, (audit.fields.get("units") or "").split(",")))
    plan = audit.plan if data["area"] else None
    draft: Any = {
        "audit": audit.id,
        "kind": data["kind"],
        "basis": data["basis"],
        "first": first,
        "last": last,
        "units": units,
        "plan": plan,
        "area": data["area"],
        "by": data["by"],
        "position": position(db),
        "confidence": data["confidence"],
        "rate": data["rate"],
        "after": after,
        "commitment": commitment,
    }
    held = items_to_draw_from(db, SamplePlanned(**draft, population=0, digest="", strata=()))
    total = sum(map(len, held.values()))
    if not total:
        raise MissingData({"basis": "Không có công việc nào trong phạm vi này: hãy chọn phạm vi khác."})
    size = sampling.sample_size(total, confidence, rate)
    strata = sampling.share_out(size, {key: len(items) for key, items in held.items()})
    if sum(stratum.size for stratum in strata) > sampling.LARGEST:
        raise MissingData(
            {"rate": f"Mẫu cần {size} mục, nhiều hơn {sampling.LARGEST}: hãy nâng tỷ lệ hoặc hạ độ tin cậy."}
        )
    digest = sampling.population_digest((key, item) for key, items in held.items() for item in items)
    return SamplePlanned(**draft, population=total, digest=digest, strata=strata)


def _share(data: JsonObject, name: str, least: int) -> Fraction:
    """Return a percentage as a share; raise MissingData for one that is not between its bounds."""
    percent = Decimal(data[name])
    if not least < percent < 100 or percent < Decimal("0.1") or percent > Decimal("99.9"):
        title = "Độ tin cậy" if name == "confidence" else "Tỷ lệ"
        raise MissingData({name: f"{title}: phải lớn hơn {least or '0,1'} và nhỏ hơn 99,9 %."})
    return Fraction(percent) / 100


def _readable_secret(typed: str) -> str:
    """Return the secret without blanks around it; raise MissingData for one that can be guessed or mistyped.

    Only printable ASCII has the same bytes wherever it is typed and hashed.
    """
    secret = typed.strip()
    if not (secret.isascii() and secret.isprintable()):
        raise MissingData({"secret": "Bí mật: chỉ gồm chữ không dấu, chữ số và dấu câu thông thường."})
    if len(secret) < SHORTEST_SECRET:
        raise MissingData({"secret": f"Bí mật: cần ít nhất {SHORTEST_SECRET} ký tự, ngắn hơn thì đoán được."})
    return secret


def _drawn_sample(ws: Workspace, db: Database, sample: Sample, secret: str) -> SampleDrawn:
    """Return the event with the items of a sample; raise IllegalMove or MissingData."""
    plan = sample.plan
    if sample.drawn is not None:
        raise IllegalMove("Mẫu này đã rút, và chỉ rút một lần.", "Hãy mở lại trang của cuộc kiểm tra.")
    seal = checkpoint_of(ws.log, plan.after, position(db))
    if seal is None:
        raise IllegalMove(
            f"Chưa có sự kiện nào ghi từ {moment_words(plan.after)}, nên chưa có dấu niêm phong để rút mẫu.",
            "Hãy đợi đến khi có người ghi một việc sau mốc này.",
        )
    if sampling.commitment_of(secret) != plan.commitment:
        raise MissingData({"secret": "Bí mật: không khớp với mã băm đã cam kết khi lập mẫu."})
    held = items_to_draw_from(db, plan)
    if not _fits(held, plan):
        raise IllegalMove(
            "Các công việc của tổng thể không còn như khi lập mẫu: bảng dữ liệu đã bị sửa.",
            "Hãy chạy «Kiểm tra tính toàn vẹn» và báo quản trị máy chủ.",
        )
    size, root, _ = seal
    seed = sampling.seed_of(root, secret)
    items = tuple(SampledItem(stratum, item) for stratum, item in sampling.draw(seed, held, plan.strata))
    return SampleDrawn(
        audit=plan.audit,
        planned=sample.planned_by.id,
        size=size,
        root=root,
        secret=secret,
        seed=seed,
        items=items,
    )


def _fits(held: dict[str, list[str]], plan: SamplePlanned) -> bool:
    """Tell whether a population is the one that a rule was laid down for."""
    pairs = ((key, item) for key, items in held.items() for item in items)
    return sampling.population_digest(pairs) == plan.digest


def _round_up(instant: datetime) -> datetime:
    """Return an instant at the next full minute, so that people can say and type it."""
    whole = instant.replace(second=0, microsecond=0)
    return whole if whole == instant else whole + timedelta(minutes=1)
