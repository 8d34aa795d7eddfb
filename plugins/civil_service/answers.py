"""Which targets of a plan the measures of the area answer to, by the words of plans."""

from cchc_flow.plugin_kit import Answer

ANSWERS = {
    "courses": Answer(("lop dao tao, boi duong", "lop boi duong"), accumulates=True),
    "rotations": Answer(("chuyen doi vi tri cong tac",), accumulates=True),
    "good": Answer(("hoan thanh tot nhiem vu tro len",)),
}
