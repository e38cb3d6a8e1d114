"""The macros give the markup that govuk-frontend itself says each component has: the upgrade test."""

import json
from functools import cache
from html.parser import HTMLParser

import pytest
from django.conf import settings

from prevent_tracker.core.components import macro

COMPONENTS = settings.BASE_DIR / "node_modules" / "govuk-frontend" / "dist" / "govuk" / "components"


class Nodes(HTMLParser):
    """The tags, attributes and words of a piece of HTML, whatever its spacing and quoting."""

    def __init__(self, html: str):
        super().__init__(convert_charrefs=True)
        self.nodes: list = []
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag, attrs):
        self.nodes.append((tag, [(name, " ".join((value or "").split())) for name, value in attrs]))

    def handle_endtag(self, tag):
        self.nodes.append(f"/{tag}")

    def handle_data(self, data):
        words = "".join(data.split())
        if words:
            self.nodes.append(words)


@cache
def fixtures() -> list[tuple[str, dict]]:
    files = sorted(COMPONENTS.glob("*/fixtures.json"))
    return [
        (found["component"], one)
        for file in files
        for found in [json.loads(file.read_text())]
        for one in found["fixtures"]
    ]


def test_the_front_end_is_built():
    assert COMPONENTS.is_dir(), "Run `npm ci && npm run build` first: the fixtures come with govuk-frontend."
    assert len(fixtures()) == 657


def test_every_fixture_of_govuk_frontend_comes_out_the_same():
    different = [
        f"{component}: {fixture['name']}"
        for component, fixture in fixtures()
        if Nodes(macro(component)(fixture["options"])).nodes != Nodes(fixture["html"]).nodes
    ]
    assert different == []


@pytest.mark.parametrize("planted", ['<p class="a">b</p>', '<p class="b">a</p>', '<div class="b">b</div>'])
def test_the_comparison_sees_a_difference(planted):
    assert Nodes(planted).nodes != Nodes('<p  class="b">\n b</p>').nodes
