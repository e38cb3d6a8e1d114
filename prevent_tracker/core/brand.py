"""A council's own colour, made safe to read: WCAG 2.2 contrast, and the few CSS variables the frame uses."""

import re

WHITE, BLACK = "#ffffff", "#000000"
TEXT_CONTRAST, LINE_CONTRAST = 4.5, 3.0  # WCAG 2.2, 1.4.3 and 1.4.11


def hex_digits(colour: str | None) -> str:
    """Return the six lower-case digits of a colour such as "#1D3F58" or "1d3f58"; empty when it is not one."""
    found = re.fullmatch(r"#?([0-9a-fA-F]{6})", colour or "")
    return found[1].lower() if found else ""


def luminance(colour: str) -> float:
    """Return the relative luminance (0 to 1) of a six-digit colour, by WCAG's formula."""
    digits = hex_digits(colour)
    if not digits:
        raise ValueError(f"{colour!r} is not a colour of six hexadecimal digits")
    channels = [int(digits[start : start + 2], 16) / 255 for start in (0, 2, 4)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio (1 to 21) of two colours."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable_text(background: str) -> str:
    """Return white or black, whichever reads on `background`: one of them is always at least 4.5 to 1."""
    return WHITE if contrast(WHITE, background) >= TEXT_CONTRAST else BLACK


def brand_css(colour: str) -> str:
    """Return the stylesheet of a brand colour. Lines on the white page turn black where the colour is too pale."""
    colour = f"#{hex_digits(colour)}"
    line = colour if contrast(WHITE, colour) >= LINE_CONTRAST else BLACK
    return (
        f":root{{--app-brand-background:{colour};--app-brand-text:{readable_text(colour)};--app-brand-line:{line}}}\n"
    )
