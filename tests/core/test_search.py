"""Search folds case and accents the same way whatever the database does."""

import pytest

from prevent_tracker.core.search import fold, holds_all, wanted_words


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ŴYTHNOS", "ŵythnos"),
        ("Ŷ", "y"),
        ("CAFÉ", "cafe\u0301"),
        ("Straße", "STRASSE"),
        ("Île", "ile"),
        ("ﬁre", "FIRE"),
    ],
)
def test_fold_makes_them_equal(one, other):
    assert fold(one) == fold(other)


def test_every_word_must_be_somewhere():
    assert holds_all(wanted_words("police school"), ["Schools and", "the Police"])
    assert not holds_all(wanted_words("police fire"), ["Schools and", "the Police"])
    assert holds_all(wanted_words("  "), ["anything"])


def test_wildcards_are_just_letters():
    assert not holds_all(wanted_words("%"), ["no sign here"])
    assert holds_all(wanted_words("100%"), ["reach 100% of staff"])
