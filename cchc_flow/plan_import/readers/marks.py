"""Refuses text whose letters carry stacks of marks, before anything composes it."""

from cchc_flow.errors import BadInput
from cchc_flow.workflow.typed_text import UnfitText, refuse_stacks


def check_marks(text: str) -> str:
    """Return the text; raise BadInput for a letter with more marks than any script needs."""
    try:
        refuse_stacks(text)
    except UnfitText as error:
        raise BadInput(f"Văn bản {error}, không phải chữ của một kế hoạch.", "Hãy xóa đoạn đó.") from None
    return text
