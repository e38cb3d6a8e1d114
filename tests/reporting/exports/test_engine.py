"""The quicker parts of the printing engine make the very paper that its own parts make, and stand aside elsewhere."""

import io
import os
import subprocess
import sys
from dataclasses import replace

import pikepdf
import pytest

from reporting.exports import engine
from reporting.exports.pdf import write_pdf
from tests.reporting.papers import make_report

# Each of these takes another path through the breaking of lines.
TEXTS = (
    "Soft hy\u00adphens in extra\u00adordin\u00adary respons\u00adibil\u00adities and a counter-extremism pro\u00adgramme",
    "A line\n\n  and  another   with spaces \nand\ta tab",
    "شراكة مع المدارس والمساجد in the same words as English " * 3,
    "https://an.address.example/that/has/no/space/in/it/at/all/and/goes/on/for/more/than/one/line/of/the/column",
    "Łódź, Kraków: ščž żółć €5 " * 8,
    "ends in a space before a break " * 4,
)


def awkward_report():
    report = make_report(len(TEXTS))
    actions = tuple(
        replace(action, text=text, update_text=text * 2) for action, text in zip(report.actions, TEXTS, strict=True)
    )
    return replace(report, actions=actions)


def objects_of(written: bytes) -> list:
    """Return what is in a PDF, object by object, unpacked."""
    found = []
    pdf = pikepdf.open(io.BytesIO(written))
    for each in pdf.objects:
        if isinstance(each, pikepdf.Stream):
            if each.get("/Type") not in ("/XRef", "/ObjStm"):
                found.append(({k: str(v) for k, v in each.items() if k != "/Length"}, each.read_bytes()))
        else:
            found.append(each.unparse() if isinstance(each, pikepdf.Object) else each)
    return found


@pytest.fixture(scope="module")
def usual() -> bytes:
    """The awkward report as the engine alone prints it, in a process where nothing of it was replaced."""
    program = (
        "import django, sys; django.setup()\n"
        "from reporting.exports import engine, pdf\n"
        "from tests.reporting.exports.test_engine import awkward_report\n"
        "engine.KNOWN, engine.put_into_words_once = (), None\n"
        "sys.stdout.buffer.write(pdf.write_pdf(awkward_report()))\n"
        "assert not engine.hurry()"
    )
    settings = {"DJANGO_SETTINGS_MODULE": "prevent_tracker.settings", "DATABASE_URL": "sqlite://:memory:"}
    return subprocess.run(
        [sys.executable, "-c", program], env=os.environ | settings, capture_output=True, check=True
    ).stdout


def test_the_quick_parts_print_what_the_engine_alone_prints(usual):
    quick = write_pdf(awkward_report())
    assert objects_of(quick) == objects_of(usual)
    assert len(objects_of(quick)) > 500


def test_the_quick_parts_know_the_engine_that_is_installed():
    """Where this fails the engine was renewed: hold its inner parts against ours, then name its version in KNOWN."""
    assert engine.hurry()
