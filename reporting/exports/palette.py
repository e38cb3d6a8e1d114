"""The colours of the ratings on paper and in workbooks: the same as on the pages. A word always goes with them."""

from actions.enums import Rating

# fill, text; each pair is at least 4.5 to 1
COLOURS: dict[str, tuple[str, str]] = {
    Rating.COMPLETE: ("1D70B8", "FFFFFF"),
    Rating.ON_TRACK: ("0F7A52", "FFFFFF"),
    Rating.AT_RISK: ("FFB000", "0B0C0C"),
    Rating.OFF_TRACK: ("CA3535", "FFFFFF"),
    Rating.NOT_STARTED: ("D9DBDD", "0B0C0C"),
    Rating.NOT_RATED: ("FFFFFF", "0B0C0C"),
}
HOUSE_COLOUR = "1D3F58"  # where a council has given no colour of its own


def fill_of(rating: str) -> str:
    """Return the six-digit fill of a rating."""
    return COLOURS[rating][0]


def text_on(rating: str) -> str:
    """Return the six-digit text colour that reads on a rating's fill."""
    return COLOURS[rating][1]
