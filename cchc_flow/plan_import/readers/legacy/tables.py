"""The letters of TCVN3 (ABC) and VNI as Unicode.

TCVN3 is the eight-bit set of TCVN 5712:1993, the same positions as `iconv -f TCVN5712-1`; its fonts draw a
capital by another font (.VnTimeH), so its few capitals are those that fit. VNI writes a letter and, behind
it, a sign for its tone and its hat, as in the tables of VNI Software (the same as those of xvnkb and UniKey).
"""

import re
import unicodedata

FIRST_TCVN3 = 0xA1
# Positions B0 to B4 are accents that no font of the time uses alone; there stand the signs of Latin-1.
TCVN3_LETTERS = (
    "ĂÂÊÔƠƯĐăâêôơưđẰ°±²³´àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵ"
)
TCVN3 = {FIRST_TCVN3 + place: letter for place, letter in enumerate(TCVN3_LETTERS)}

ACUTE, GRAVE, HOOK, TILDE, DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
HAT, BREVE, HORN = "\u0302", "\u0306", "\u031b"
VNI_TONES = {"ù": ACUTE, "ø": GRAVE, "û": HOOK, "õ": TILDE, "ï": DOT}
VNI_HATS = {"â": "", "á": ACUTE, "à": GRAVE, "å": HOOK, "ã": TILDE, "ä": DOT}
VNI_BREVES = {"ê": "", "é": ACUTE, "è": GRAVE, "ú": HOOK, "ü": TILDE, "ë": DOT}
VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def vni_letters() -> dict[str, str]:
    """Return each Vietnamese letter that is not plain Latin by the one or two characters of VNI for it."""
    letters = dict(VNI_ALONE)
    for base in "aeouy":
        letters |= {base + sign: compose(base, tone) for sign, tone in VNI_TONES.items()}
    for base in "aeo":
        letters |= {base + sign: compose(base, HAT, tone) for sign, tone in VNI_HATS.items()}
    letters |= {f"a{sign}": compose("a", BREVE, tone) for sign, tone in VNI_BREVES.items()}
    for horned, base in (("ô", "o"), ("ö", "u")):
        letters |= {horned + sign: compose(base, HORN, tone) for sign, tone in VNI_TONES.items()}
    capitals = {key.upper(): letter.upper() for key, letter in letters.items()}
    mixed = {key[0].upper() + key[1]: letter.upper() for key, letter in letters.items() if len(key) > 1}
    return mixed | letters | capitals


def compose(*parts: str) -> str:
    """Return a letter with its marks as one code point."""
    return unicodedata.normalize("NFC", "".join(parts))


VNI = vni_letters()
VNI_LETTER = re.compile("|".join(sorted(VNI, key=len, reverse=True)))


def from_tcvn3(text: str) -> str:
    """Return a text that holds TCVN3's bytes as the characters of Latin-1, in Unicode."""
    return text.translate(TCVN3)


def from_vni(text: str) -> str:
    """Return a text that holds VNI's bytes as the characters of Latin-1, in Unicode."""
    return VNI_LETTER.sub(lambda match: VNI[match[0]], text)
