"""Make the typeface of the pages: Source Sans 3, cut down to Vietnamese and Latin, regular to semibold.

    pip install fonttools brotli; npm pack source-sans@3.52.0 && tar xzf source-sans-3.52.0.tgz
    python .ci/typeface.py package/VF/SourceSans3VF-Upright.ttf cchc_flow/web/static/vendor/commune-sans.woff2

Its licence (OFL 1.1) reserves the name «Source» for the original: what is cut from it has a name of its own.
With the path of Arial it also tells the overrides that make Arial, which stands in for it, as wide.
"""

import sys

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

NAME = "Commune Sans"
LETTERS = "ĂăĐđĨĩŨũƠơƯư₫" + "".join(map(chr, range(0x1EA0, 0x1EFA)))
SIGNS = "‐‑‒–—―‘’“”•…←↑→↓−≤≥✓\u2009\u202f\u0300\u0301\u0303\u0309\u0323"
CHARACTERS = "".join(map(chr, [*range(0x20, 0x7F), *range(0xA0, 0x100)])) + LETTERS + SIGNS
WEIGHTS = (400, 600)
SAMPLE = "Rà soát, đơn giản hóa thủ tục hành chính thuộc phạm vi quản lý của Ủy ban nhân dân xã năm 2026"


def cut(path: str) -> TTFont:
    """Return the font with the characters, weights and features that the pages use."""
    options = subset.Options(layout_features=["kern", "tnum"], hinting=False)
    options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
    font = TTFont(path, recalcTimestamp=False)
    subsetter = subset.Subsetter(options)
    subsetter.populate(text=CHARACTERS)
    subsetter.subset(font)
    font = instancer.instantiateVariableFont(font, {"wght": WEIGHTS})
    for number, words in {1: NAME, 4: NAME, 6: NAME.replace(" ", "")}.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    return font


def width(font: TTFont) -> float:
    """Return the width of the sample in ems."""
    glyphs, metrics = font.getBestCmap(), font["hmtx"]
    return sum(metrics[glyphs[ord(letter)]][0] for letter in SAMPLE) / font["head"].unitsPerEm


def main(source: str, target: str, arial: str = "") -> None:
    """Write the font; with the path of Arial (or Liberation Sans) tell the overrides for it."""
    font = cut(source)
    font.flavor = "woff2"
    font.save(target)
    if arial:
        scale = width(font) / width(TTFont(arial))
        rise, fall = font["hhea"].ascent / 1000, -font["hhea"].descent / 1000
        rules = {"size-adjust": scale, "ascent-override": rise / scale, "descent-override": fall / scale}
        sys.stdout.write("; ".join(f"{name}: {share:.1%}" for name, share in rules.items()) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
