"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "fewer_units": Answer(("giam so luong don vi su nghiep",), change="decrease", accumulates=True),
    "fewer_staff": Answer(("giam bien che",), change="decrease"),
    "within": Answer(("trong so bien che duoc giao",)),
    "more_in_2": Answer(("tu dam bao chi thuong xuyen", "tu bao dam chi thuong xuyen"), change="increase"),
    "more_in_3c": Answer(("tu 10% den duoi 30% chi thuong xuyen",), change="increase"),
}
