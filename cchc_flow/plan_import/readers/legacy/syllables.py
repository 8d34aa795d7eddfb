"""Tells a Vietnamese syllable from other letters: the test of every guess at an encoding."""

import re
import unicodedata
from functools import lru_cache

TONES = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
SHARP = ("\u0301", "\u0323")
STOPS = ("c", "ch", "p", "t")
ONSETS = "b|ch|c|d|đ|gh|gi|g|h|kh|k|l|m|ngh|ng|nh|n|ph|p|qu|q|r|s|th|tr|t|v|x"
RIMES = (
    "a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu"
    " i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong"
    " ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt"
    " u ua uân uâng uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut uy uya uych"
    " uyên uyêt uyn uynh uyt uyu ư ưa ưc ưi ươc ươi ươm ươn ương ươp ươt ươu ưng ưt ưu"
    " y yêm yên yêng yêt yêu yn ynh yt ych"
)
SYLLABLE = re.compile(f"(?:{ONSETS})?(?:{'|'.join(sorted(RIMES.split(), key=len, reverse=True))})")
LETTERS_APART = re.compile(r"[\s\d!-/:-@\[-`{-~“”‘’–—…]+")
MOST_WORDS = 20_000


@lru_cache(maxsize=20_000)
def is_syllable(word: str) -> bool:
    """Return whether a word is spelt as a Vietnamese syllable, its tone included."""
    spelt = unicodedata.normalize("NFD", word.lower())
    tones = TONES.findall(spelt)
    plain = unicodedata.normalize("NFC", TONES.sub("", spelt))
    if len(tones) > 1 or not SYLLABLE.fullmatch(plain):
        return False
    return not plain.endswith(STOPS) or bool(tones and tones[0] in SHARP)


def marked_words(text: str) -> list[str]:
    """Return the words of a text that hold a letter or sign outside ASCII; soft hyphens stay in them."""
    if text.isascii():
        return []
    return [word for word in LETTERS_APART.split(text[: 20 * MOST_WORDS])[:MOST_WORDS] if not word.isascii()]


def share_of_syllables(words: list[str]) -> float:
    """Return the share of words that are Vietnamese syllables, 0 to 1; 0 of no words."""
    return sum(map(is_syllable, words)) / len(words) if words else 0.0
