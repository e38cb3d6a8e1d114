"""What the printing engine does over and over, done once. The paper stays the same: see docs/decisions/0010.

Everything here rests on the engine's inner parts as they are in one version. Under another version only
`put_into_words_once`, which uses nothing but the public finisher, is at work, and the paper takes longer.
"""

import sys
import zlib
from collections.abc import Callable
from functools import cache
from typing import Any

import pydyf
import weasyprint
from weasyprint.css import Style
from weasyprint.html import UA_STYLESHEET
from weasyprint.layout import percent
from weasyprint.text import fonts, line_break
from weasyprint.text.constants import PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p

KNOWN = ("70.0", "0.13.0")  # the versions of WeasyPrint and pydyf whose inner parts these are
SIDES = ("top", "right", "bottom", "left")
SPACES = tuple(f"{kind}_{side}" for kind in ("margin", "padding") for side in SIDES)
SIZES = tuple(f"{kind}{axis}" for axis in ("width", "height") for kind in ("", "min_", "max_"))
BORDERS = tuple(f"border_{side}_width" for side in SIDES)
NOTES = ("footnote-call", "footnote-marker", "note-call", "note-marker", "note-callback")


@cache
def hurry() -> bool:
    """Make the costly inner parts quicker, once in a process. Return whether the engine is one that we know."""
    if (weasyprint.VERSION, pydyf.VERSION) != KNOWN:
        return False
    pydyf.PDF.page_references = property(page_references)
    pydyf.Stream.data = property(stream_data)
    line_break.Layout.setup = quick_setup(line_break.Layout.setup)
    line_break.first_line_metrics = quick_metrics(line_break.first_line_metrics)
    leave_notes_out(UA_STYLESHEET.matcher)
    everywhere(line_break.strut, quick_strut(line_break.strut))
    everywhere(percent.resolve_percentages, quick_percentages(percent.resolve_percentages))
    return True


def everywhere(usual: Callable, quick: Callable) -> None:
    """Put `quick` under the name of `usual` in every module of the engine that has taken it by name."""
    for name, module in list(sys.modules.items()):
        if name.startswith("weasyprint.") and module.__dict__.get(usual.__name__) is usual:
            setattr(module, usual.__name__, quick)


# --- Styles ----------------------------------------------------------------------------------------------------------


def leave_notes_out(matcher: Any) -> None:
    """Let the engine's own stylesheet make no notes, which the paper has not, and markers of lists for list items alone.

    It else makes six styles more for every element, for a footnote's call, its marker and so on.
    """
    markers = [entry for entry in matcher.other_selectors if entry[3] == "marker"]
    matcher.lower_local_name_selectors.setdefault("li", []).extend(markers)
    matcher.other_selectors[:] = [entry for entry in matcher.other_selectors if entry[3] not in (*NOTES, "marker")]


# --- Writing ---------------------------------------------------------------------------------------------------------


class Worded(pydyf.Object):
    """A finished object of the file with its words: the writer asks for them twice, to write and to make the file's ID."""

    def __init__(self, made: pydyf.Object):
        super().__init__()
        self.number, self.generation = made.number, made.generation
        self._words, self._compressible = made.data, made.compressible

    @property
    def data(self) -> bytes:
        return self._words

    @property
    def compressible(self) -> bool:
        return self._compressible


def put_into_words_once(document: Any, pdf: pydyf.PDF) -> None:
    """Finish a PDF, as the engine's `finisher`: turn each object into bytes here, which else is done twice."""
    pdf.objects = [made if made.free == "f" else Worded(made) for made in pdf.objects]


def page_references(pdf: pydyf.PDF) -> tuple[bytes, ...]:
    """Make the list of page references when pages were added, not at each of its many uses.

    The writer rebuilds the whole list for every tag, which bends the time of a long tagged report upwards.
    """
    kids = pdf.pages["Kids"]
    if getattr(pdf, "_referenced", None) != len(kids):
        pdf._references = tuple(f"{number} 0 R".encode("ascii") for number in kids[::3])
        pdf._referenced = len(kids)
    return pdf._references


def stream_data(stream: pydyf.Stream) -> bytes:
    """Compress at the usual level: the highest takes four times as long for a twentieth less."""
    content = b"\n".join([pydyf._to_bytes(item) for item in stream.stream])
    extra = pydyf.Dictionary(stream.extra.copy())
    if stream.compress:
        extra["Filter"] = "/FlateDecode"
        content = zlib.compress(content)
    extra["Length"] = len(content)
    return b"\n".join((extra.data, b"stream", content, b"endstream"))


# --- Lines of text ---------------------------------------------------------------------------------------------------


def quick_setup(usual: Callable) -> Callable:
    """Return `Layout.setup` that describes the font of a style once, not twice for each line of text."""

    def setup(layout: Any, style: Style) -> None:
        kept = style.__dict__.get("kept_font")
        if kept is None:
            kept = style.kept_font = font_of(style) if is_plain(style) else ()
        if not kept:
            usual(layout, style)
            return
        context, description, layout.language = kept
        layout.style, layout.first_line_direction = style, 0
        layout.layout = ffi.gc(pango.pango_layout_new(context), gobject.g_object_unref)
        pango.pango_layout_set_auto_dir(layout.layout, False)
        pango.pango_layout_set_font_description(layout.layout, description)
        layout.ascent = layout.underline_position = layout.strikethrough_position = None

    return setup


def is_plain(style: Style) -> bool:
    """Return whether text in a style has neither decoration nor font features, nor a language of the font's own."""
    features = fonts.font_features(
        style["font_kerning"], style["font_variant_ligatures"], style["font_variant_position"],
        style["font_variant_caps"], style["font_variant_numeric"], style["font_variant_alternates"],
        style["font_variant_east_asian"], style["font_feature_settings"],
    )  # fmt: skip
    usual = style["text_decoration_line"] == "none" and style["font_language_override"] == "normal"
    return bool(usual and style["lang"] and not features)


def font_of(style: Style) -> tuple[Any, Any, Any]:
    """Return Pango's context, description and language for plain text in a style, as `Layout.setup` makes them."""
    context = ffi.gc(pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref)
    pango.pango_context_set_round_glyph_positions(context, False)
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    name, _ = unicode_to_char_p(style["lang"])
    language = pango.pango_language_from_string(name)
    pango.pango_context_set_language(context, language)
    return context, fonts.get_font_description(style), language


def quick_metrics(usual: Callable) -> Callable:
    """Return `first_line_metrics` that measures the line where it was broken, without setting it once more."""

    def metrics(line, text, layout, resume_at, space_collapse, style, hyphenated=False, hyphen=None):
        if hyphenated or not resume_at:
            return usual(line, text, layout, resume_at, space_collapse, style, hyphenated, hyphen)
        words = text.encode()[: line.length].decode()
        layout.text = words.rstrip(" ") if space_collapse else words
        width, height = line_break.line_size(line, style)
        baseline = pango.pango_layout_get_baseline(layout.layout) * FROM_UNITS
        layout.deactivate()
        return layout, len(layout.text.encode()), resume_at, width, height, baseline

    return metrics


def quick_strut(usual: Callable) -> Callable:
    """Return `strut` that looks up the height of a style's line once, not several times for each line."""

    def strut(style: Style) -> tuple[float, float]:
        if "kept_strut" not in style.__dict__:
            style.kept_strut = usual(style)
        return style.kept_strut

    return strut


# --- Boxes -----------------------------------------------------------------------------------------------------------


def quick_percentages(usual: Callable) -> Callable:
    """Return `resolve_percentages` that gives the lengths of a style that has no per cent all at once."""

    def resolve(box: Any, containing_block: Any) -> None:
        style = box.style
        kept = style.__dict__.get("kept_lengths")
        if kept is None:
            kept = style.kept_lengths = lengths_of(style)
        if not kept:
            usual(box, containing_block)
            return
        spaces, borders, collapses = kept
        used = box.__dict__
        # Where borders collapse, the table has already settled them.
        used.update(borders | {side: used[side] for side in BORDERS if side in used} if collapses else borders)
        used.update(spaces)

    resolve.__name__ = usual.__name__
    return resolve


def lengths_of(style: Style) -> tuple[dict[str, Any], dict[str, Any], bool] | tuple[()]:
    """Return the used (margins, paddings and sizes, borders, whether borders collapse) of a style, () if it depends."""
    spaces = {}
    for name in SPACES + SIZES:
        value = style[name]
        if value == "auto":
            spaces[name] = 0 if name.startswith("min_") else value
        elif getattr(value, "unit", None) == "px":
            spaces[name] = value.value
        else:
            return ()
    if style["box_sizing"] != "content-box":
        return ()
    return spaces, {name: style[name] for name in BORDERS}, style["border_collapse"] == "collapse"
