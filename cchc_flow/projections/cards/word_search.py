"""The condition on cards that each word of a search is found: in the item's own words, or in who does it."""

import json
import re

from sqlite_utils import Database

from cchc_flow.projections import directory
from cchc_flow.projections.search import search_key

WORDS_AT_MOST = 8
_HAS_WORD = "instr((SELECT folded FROM item_words WHERE item_words.item = cards.item), :word{0})"
_IS_OF_PERSON = "holder IN (SELECT value FROM json_each(:people{0}))"


def word_conditions(db: Database, words: str) -> tuple[list[str], dict[str, str]]:
    """Return a condition for each word, and their values; diacritics and case do not matter.

    A word is found anywhere in an item's words, or at the beginning of a part of the name of who does it.
    """
    conditions: list[str] = []
    values: dict[str, str] = {}
    for number, word in enumerate(search_key(words).split()[:WORDS_AT_MOST]):
        values[f"word{number}"] = word
        condition = _HAS_WORD.format(number)
        if people := _people_named(db, word):
            values[f"people{number}"] = json.dumps(people)
            condition = f"({condition} OR {_IS_OF_PERSON.format(number)})"
        conditions.append(condition)
    return conditions, values


def _people_named(db: Database, word: str) -> list[str]:
    """Return the ids of the people of whose name a part begins with a folded word."""
    return [
        person.id
        for person in directory.people(db)
        if any(part.startswith(word) for part in name_parts(person.name))
    ]


def name_parts(name: str) -> set[str]:
    """Return the folded parts of a name by which it is found: «H'Linh Byă» by h'linh, linh and bya."""
    folded = search_key(name)
    return {*folded.split(), *re.findall(r"\w+", folded)}
