"""Text in the old Vietnamese encodings, or decoded wrongly, made Unicode again."""

from cchc_flow.plan_import.readers.legacy.fonts import convert, encoding_of_font
from cchc_flow.plan_import.readers.legacy.restoring import decode_bytes, restore_blocks, restore_texts

__all__ = ["convert", "decode_bytes", "encoding_of_font", "restore_blocks", "restore_texts"]
