"""Going back: to our own pages only."""

import pytest

from prevent_tracker.core.addresses import version_of, way_back


@pytest.mark.parametrize(
    "asked",
    [
        "//evil.example",
        "https:evil.example",
        "/\\evil.example",
        "javascript:alert(1)",
        "https://evil.example/",
        "",
        "x",
    ],
)
def test_another_site_is_never_gone_to(rf, asked):
    assert way_back(rf.get("/", {"next": asked}), "/home/") == "/home/"


def test_our_own_page_with_filters_and_row(rf):
    assert (
        way_back(rf.get("/", {"next": "/plans/a/?rating=at_risk#action-b"}), "/") == "/plans/a/?rating=at_risk#action-b"
    )


@pytest.mark.parametrize(("words", "version"), [("3", 3), ("", 0), ("-1", 0), ("1e5", 0), ("１２", 0), ("9" * 30, 0)])
def test_an_unreadable_version_is_an_old_one(words, version):
    assert version_of(words) == version
