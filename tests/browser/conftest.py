"""A real Chromium against a real server: journeys, downloads and axe-core on every page visited."""

import json
import os
from pathlib import Path

import pytest
from django.conf import settings

AXE = Path(settings.BASE_DIR) / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": os.environ["CHROMIUM"], "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": {"width": 1280, "height": 900}, "accept_downloads": True, "locale": "en-GB"}


@pytest.fixture
def check_page():
    """Return a function that asserts axe-core finds nothing wrong on the page, and that it reflows."""

    def check(page) -> None:
        if page.evaluate("typeof window.axe") == "undefined":
            page.evaluate(AXE.read_text())  # evaluated by the debugger: the page's own policy stays as it is
        found = page.evaluate(
            "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})"
            ".then(r => r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html)})))",
            RULES,
        )
        assert found == [], f"{page.url}\n{json.dumps(found, indent=1)}"

    return check
