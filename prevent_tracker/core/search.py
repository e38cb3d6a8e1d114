"""Search that finds the same rows on every database: the words are folded here, not by the database.

SQLite folds only A to Z, PostgreSQL follows its collation. So the words of the rows asked about are compared in Python.
"""

import unicodedata
from collections.abc import Iterable


def fold(words: str) -> str:
    """Return `words` without case and accents, so that "Ŷsgol", "ŷsgol" and "ysgol" are equal."""
    decomposed = unicodedata.normalize("NFKD", words.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def wanted_words(query: str) -> list[str]:
    """Return the folded words that somebody looks for. Empty when they look for nothing."""
    return fold(query).split()


def holds_all(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Tell whether every wanted (folded) word is somewhere in the texts of one row."""
    text = fold("\n".join(texts))
    return all(word in text for word in wanted)
