"""Colours that people have to read: the council's own, and the rating tags."""

import re

import pytest
from django.conf import settings

from prevent_tracker.core.brand import brand_css, contrast, hex_digits, luminance, readable_text
from prevent_tracker.core.templatetags.govuk import RAG_WORDS


def test_contrast_is_wcags():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


@pytest.mark.parametrize("grey", range(256))
def test_the_header_can_be_read_on_every_grey(grey):
    colour = f"#{grey:02x}{grey:02x}{grey:02x}"
    assert contrast(colour, readable_text(colour)) >= 4.5


@pytest.mark.parametrize(
    "colour", ["#1d3f58", "#ffdd00", "#ff0000", "#00ff00", "#0000ff", "#8a2be2", "#767676", "#00a3a3"]
)
def test_lines_on_the_page_can_be_seen(colour):
    line = re.search(r"--app-brand-line:(#[0-9a-f]{6})", brand_css(colour))[1]
    assert contrast(line, "#ffffff") >= 3


@pytest.mark.parametrize(("given", "digits"), [
    ("#1D3F58", "1d3f58"), ("1d3f58", "1d3f58"), ("", ""), (None, ""), ("red", ""), ("#12345", ""), ("#1234567", ""),
    ("#1d3f58;}", ""),
])  # fmt: skip
def test_what_is_a_colour(given, digits):
    assert hex_digits(given) == digits


def test_what_is_no_colour_has_no_luminance():
    with pytest.raises(ValueError):
        luminance("red")


@pytest.mark.parametrize("rating", RAG_WORDS)
def test_the_words_of_a_rating_tag_can_be_read(rating):
    sheet = (settings.BASE_DIR / "static" / "src" / "_rag.scss").read_text()
    rule = re.search(rf"\.app-rag--{rating} \{{(.*?)\n\s*//", sheet, re.S)[1]
    text = re.search(r"(?<!-)\bcolor: (#[0-9a-f]{6})", rule)[1]
    background = re.search(r"background: (#[0-9a-f]{6})", rule)[1]
    assert contrast(text, background) >= 4.5
