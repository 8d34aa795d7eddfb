"""Signs a PDF: what was there stays the beginning of the file, and the signature is added to it (PAdES)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from io import BytesIO
from typing import Literal

import msgspec
from pyhanko.pdf_utils.generic import IndirectObject, Reference
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign import fields
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, Signer
from pyhanko.stamp import StaticStampStyle

from cchc_flow.errors import BadInput
from cchc_flow.signatures import places, stamps
from cchc_flow.signatures.keys import require_certificate_in_force
from cchc_flow.signatures.places import MM, Place
from cchc_flow.signatures.quick_reader import QuickReader
from cchc_flow.workflow.calendar import ZONE

Capacity = Literal["person", "agency", "appendix"]
FIELDS: dict[Capacity, str] = {
    "person": "ChuKyNguoiCoThamQuyen",
    "agency": "DauCoQuan",
    "appendix": "ChuKyPhuLuc",
}
"""The names of the signature fields; what may be signed twice is up to the file, not to us."""


class Appearance(msgspec.Struct, frozen=True, kw_only=True):
    """How a signature looks: `name` is that of the signer as the file prints it.

    The picture of the agency's seal has its real width in millimetres; the line of an appendix begins with
    the `number` of the document it belongs to.
    """

    capacity: Capacity
    name: str = ""
    picture: bytes | None = None
    width_mm: float | None = None
    number: str = ""


class IncrementalWriter(IncrementalPdfFileWriter):
    """Adds to a file and leaves what it says of itself (its producer, its dates) as it was issued."""

    def _update_meta(self) -> None:
        """Leave it: pyHanko 0.38 would write itself into one of two places that have to agree in PDF/A."""


def run_apart(sign: Callable[[], BytesIO]) -> BytesIO:
    """Return what signing gives in a thread of its own: pyHanko wants no other event loop there."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(sign).result()


def sign_pdf(content: bytes, signer: Signer, look: Appearance, moment: datetime) -> bytes:
    """Return a PDF with one more signature; raise BadInput when it cannot be signed so.

    Two capacities in one file come in their order: first the person's, then the agency's over it.
    """
    require_certificate_in_force(signer, moment)
    try:
        reader = QuickReader(content)
        place, stamp = _appearance(content, reader, signer, look, moment)
        writer = IncrementalWriter.from_reader(reader)
        field = FIELDS[look.capacity]
        fields.append_signature_field(writer, fields.SigFieldSpec(field, on_page=place.page, box=place.box))
        about = PdfSignatureMetadata(
            field_name=field, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES
        )
        pdf_signer = PdfSigner(about, signer, stamp_style=stamp)
        signed = run_apart(lambda: pdf_signer.sign_pdf(writer))
    except (PdfError, SigningError) as error:
        raise BadInput(
            f"Không ký được tệp này ({type(error).__name__}).", "Hãy dùng đúng tệp PDF đã được ban hành."
        ) from error
    return bytes(signed.getbuffer())


def _appearance(
    content: bytes, reader: QuickReader, signer: Signer, look: Appearance, moment: datetime
) -> tuple[Place, StaticStampStyle]:
    """Return where a signature stands and what is seen of it."""
    if any(name == FIELDS[look.capacity] for name, _, _ in fields.enumerate_sig_fields(reader)):
        raise BadInput("Tệp này đã có chữ ký với tư cách đó.", "Hãy ký vào bản chưa ký.")
    if look.capacity != "agency" and not (look.name or look.number):
        raise BadInput(
            "Thiếu họ tên người ký như in trong văn bản, hoặc số của văn bản mà phụ lục kèm theo.",
            "Hãy ghi thêm rồi ký lại.",
        )
    if look.capacity == "appendix":
        place = places.top_right_line(content)
        return place, stamps.words_stamp((f"{look.number}; {_seconds(moment)}",), place, "right")
    if look.capacity == "agency":
        return _seal(reader, look)
    room = places.room_above_name(content, look.name)
    if look.picture is None:
        return room, stamps.words_stamp(_words(signer, moment), room)
    picture = stamps.read_picture(look.picture)
    return places.place_of_picture(room, picture.width / picture.height), stamps.picture_stamp(picture)


def _seal(reader: QuickReader, look: Appearance) -> tuple[Place, StaticStampStyle]:
    signature = _last_visible(reader)
    if signature is None:
        raise BadInput(
            "Tệp chưa có chữ ký của người có thẩm quyền.",
            "Cơ quan ký sau, dấu trùm lên chữ ký đó: hãy để người ký trước.",
        )
    if look.picture is None or not look.width_mm:
        raise BadInput(
            "Thiếu hình dấu hoặc chiều rộng thật của dấu.", "Hãy cho tệp hình và chiều rộng bằng mi-li-mét."
        )
    picture = stamps.read_picture(look.picture)
    width = look.width_mm * MM
    place = places.place_of_seal(signature, width, width * picture.height / picture.width)
    return place, stamps.picture_stamp(picture)


def _last_visible(reader: QuickReader) -> Place | None:
    """Return where the last signature that can be seen stands, by whatever program it was made."""
    found = None
    for _, value, reference in fields.enumerate_sig_fields(reader):
        widget = reference.get_object()
        if value is None or "/Rect" not in widget:
            continue
        left, bottom, right, top = map(float, widget["/Rect"])
        page = _page_number(reader, reference.reference)
        if page is not None and right > left and top > bottom:
            found = Place(page, left, bottom, right, top)
    return found


def _page_number(reader: QuickReader, widget: Reference) -> int | None:
    """Return the page (from 0) on which an annotation stands."""
    for number in range(int(reader.root["/Pages"]["/Count"])):
        page = reader.find_page_for_modification(number)[0].get_object()  # type: ignore[no-untyped-call]
        if "/Annots" in page and any(
            isinstance(mark, IndirectObject) and mark.reference == widget for mark in page["/Annots"]
        ):
            return number
    return None


def _words(signer: Signer, moment: datetime) -> tuple[str, ...]:
    """Return what stands where a signature has no picture: who signed, of which agency, and when."""
    certificate = signer.signing_cert
    subject = certificate.subject.native if certificate else {}
    who, agency = subject.get("common_name", ""), subject.get("organization_name", "")
    return tuple(
        filter(
            None, (f"Người ký: {who}", agency and f"Cơ quan: {agency}", f"Thời gian ký: {_seconds(moment)}")
        )
    )


def _seconds(moment: datetime) -> str:
    """Return a moment as ISO 8601 with its zone, in the time of Việt Nam."""
    return moment.astimezone(ZONE).isoformat(timespec="seconds")
