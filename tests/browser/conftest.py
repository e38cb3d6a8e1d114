"""A real Chromium against the real site: its own database, gunicorn and the worker, loaded with the demo.

One site for the whole run: the journeys in it follow each other as people's days do. axe-core looks at every page.
"""

import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
SCREENSHOTS = ROOT / "docs" / "screenshots"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# One process for what `make demo` does in four: each of them would read the whole site again.
SET_UP = """
from django import setup
from django.core.management import call_command

setup()
call_command("migrate", verbosity=0)
call_command("createcachetable")
call_command("collectstatic", interactive=False)
call_command("load_demo", yes_demo=True)
"""


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in Path(item.fspath).parents:
            item.add_marker(pytest.mark.browser)


@dataclass(frozen=True)
class Site:
    """A running site: where it is, and the one password of its demo accounts."""

    address: str
    password: str
    folder: Path


@pytest.fixture(scope="session")
def site(tmp_path_factory) -> Site:
    """Start the site as `make demo` does: migrated, demo loaded, web process and worker."""
    folder = tmp_path_factory.mktemp("site")
    port = free_port()
    address = f"http://localhost:{port}"
    environment = os.environ | {
        "VAR_DIR": str(folder),
        "SITE_ADDRESS": address,
        "EMAIL_URL": f"file://{folder}/mail",
        "DATABASE_POOL_SIZE": "2",
        "DJANGO_SETTINGS_MODULE": "prevent_tracker.settings",
    }
    python = sys.executable

    subprocess.run([python, "-c", SET_UP], cwd=ROOT, env=environment, check=True, capture_output=True)
    web = [
        python,
        "-m",
        "gunicorn",
        "prevent_tracker.wsgi",
        "--no-control-socket",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
    ]
    worker = [python, "manage.py", "db_worker", "--queue-name", "*", "--interval", "0.2"]
    log = (folder / "site.log").open("w")
    running = [
        subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log, start_new_session=True)
        for command in (web, worker)
    ]
    try:
        wait_for(address, running[0])
        accounts = (folder / "demo-accounts.txt").read_text()
        yield Site(address, re.search(r"Password for all of them: (\S+)", accounts)[1], folder)
    finally:
        for process in running:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=20)
        print((folder / "site.log").read_text()[-4000:])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str, process: subprocess.Popen) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/help/", timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("The site did not start")


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": os.environ.get("CHROMIUM") or shutil.which("chromium"), "args": FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args():
    return {"viewport": {"width": 1280, "height": 900}, "accept_downloads": True, "locale": "en-GB"}


def assert_accessible(page) -> None:
    """Assert that axe-core finds nothing wrong on the page."""
    page.evaluate(AXE.read_text())  # evaluated by the debugger: the page's own policy stays as it is
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: {type: 'tag', values: rules}})"
        ".then(r => r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html)})))",
        RULES,
    )
    assert found == [], f"{page.url}\n{json.dumps(found, indent=1)}"


@pytest.fixture
def check_page():
    return assert_accessible


class Visitor:
    """A person at a browser. axe-core looks at every page they arrive on, and at 320 px it must not scroll sideways."""

    def __init__(self, page, site: Site):
        self.page, self.site = page, site
        page.set_default_timeout(30_000)
        self.complaints: list[str] = []
        page.on("console", lambda message: self.hear(message))

    def hear(self, message) -> None:
        if message.type == "error" and "the server responded with a status of" not in message.text:
            self.complaints.append(message.text)

    def sign_in(self, name: str, *, look: bool = True) -> None:
        """Sign in as the demo account `name`@demo.example."""
        self.page.goto(f"{self.site.address}/accounts/login/")
        self.page.get_by_label("E-mail address").fill(f"{name}@demo.example")
        self.page.get_by_label("Password", exact=True).fill(self.site.password)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_load_state()
        if look:
            self.look()

    def sign_out(self) -> None:
        self.page.get_by_role("button", name="Sign out").first.click()

    def follow(self, name: str, *, exact: bool = False) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        self.look()

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.look()

    def look(self) -> None:
        """Assert that axe-core finds nothing wrong, the page does not scroll sideways at 320 px, nothing broke."""
        self.page.wait_for_load_state("networkidle")  # htmx answers within the page
        self.page.mouse.move(0, 0)
        assert_accessible(self.page)
        self.page.set_viewport_size({"width": 320, "height": 800})
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{self.page.url} scrolls sideways at 320 px: it is {width} px wide"
        self.page.set_viewport_size({"width": 1280, "height": 900})
        assert self.complaints == [], f"{self.page.url}\n{self.complaints}"

    def picture(self, name: str) -> None:
        """Keep a picture for the README, when asked for (`make screenshots`)."""
        if os.environ.get("SCREENSHOTS"):
            SCREENSHOTS.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=SCREENSHOTS / f"{name}.png")


@pytest.fixture
def visitor(page, site) -> Visitor:
    return Visitor(page, site)


@pytest.fixture
def visitor_without_javascript(browser, site):
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900}, locale="en-GB")
    yield Visitor(context.new_page(), site)
    context.close()
