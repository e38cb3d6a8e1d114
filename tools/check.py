"""`make test`: everything that has to be true before a change lands.

Lint, types, import contracts and the migrations check come first because they are quick. Then the suites, side by
side: every test that opens the database on PostgreSQL and on SQLite, the browser journeys, and the rest once.
"""

import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from setup import install, site_settings
from steps import BIN, PYTHON, ROOT, Failed, Missing, install_debian, main, run, step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TYPED = ("partners/policy.py", "partners/domain", "plans/domain", "actions/domain", "actions/importing",
         "reporting/domain", "reporting/exports", "prevent_tracker/core")  # fmt: skip


def static_checks() -> None:
    step("Lint", lambda: run(BIN / "ruff", "check", "--quiet", ".") and None)
    step("Format", lambda: run(BIN / "ruff", "format", "--check", "--quiet", ".") and None)
    step("Types", lambda: run(BIN / "mypy", *TYPED, env=site_settings()) and None)
    step("Import contracts", lambda: run(BIN / "lint-imports") and None)
    migrations = (PYTHON, "manage.py", "makemigrations", "--check", "--dry-run")
    step("Migrations", lambda: run(*migrations, env=site_settings()) and None)
    step("Locks", check_locks)
    step("Deploy check", lambda: run(*DEPLOY, env=site_settings() | {"HTTPS": "1"}) and None)


DEPLOY = (PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING")


def check_locks() -> None:
    """No lock holds an address."""
    locks = [*ROOT.glob("*.lock"), ROOT / "package-lock.json"]
    bad = [lock.name for lock in locks if any(word in lock.read_text() for word in ("://", '"resolved"', "index-url"))]
    if bad:
        raise Failed(f"These locks hold addresses: {', '.join(bad)}.")


def find_browser() -> str | None:
    """Return the path of Chromium: one that is there, else Debian's when root, else None."""
    given = os.environ.get("CHROMIUM")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found and install_debian("chromium"):
        found = shutil.which("chromium")
    return found


JOURNEYS = "tests/browser"


@dataclass(frozen=True)
class Suite:
    """One run of pytest: its name on the screen, which tests (pytest's arguments), and its environment."""

    name: str
    tests: tuple[str, ...]
    environment: dict[str, str]

    def run(self) -> bool:
        """Run it, print what it printed, and return whether it passed."""
        started = time.monotonic()
        command = [str(PYTHON), "-m", "pytest", *self.tests]
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        word = "failed" if done.returncode else "passed"
        print(f"  Tests, {self.name}: {word} ({time.monotonic() - started:.0f} s)\n{done.stdout}", flush=True)
        return done.returncode == 0


def run_suites(suites: list[Suite]) -> None:
    """Run the suites side by side, in their order. Raises Failed when a test of any failed.

    One more than there are processors: a journey waits for its browser, and PostgreSQL's tests for their server.
    """
    with ThreadPoolExecutor(max_workers=(os.cpu_count() or 1) + 1) as lanes:
        passed = list(lanes.map(Suite.run, suites))
    if failed := [suite.name for suite, good in zip(suites, passed, strict=True) if not good]:
        raise Failed(f"Tests failed: {', '.join(failed)}.")


def browser_suites() -> list[Suite]:
    """Return the browser journeys; none, in one line, where there is no browser. Raises Missing with CI set."""
    browser = find_browser()
    if browser:
        # Their site is migrated as every site is; the tests of the frame have a database only because a server wants one.
        tests = (JOURNEYS, "--nomigrations")
        return [Suite("browser journeys", tests, {"TEST_DATABASE": "sqlite", "CHROMIUM": browser})]
    if os.environ.get("CI"):
        raise Missing("There is no Chromium, and with CI set the browser journeys may not be skipped.")
    print("  Browser journeys skipped: install Chromium ('apt install chromium') or set CHROMIUM to its path.")
    return []


def all_suites() -> list[Suite]:
    """Return every suite, the longest first.

    Tests that cannot open a database have nothing to differ by, and those marked `once` prove nothing about it: once.
    """
    elsewhere = f"--ignore={JOURNEYS}"
    return [
        Suite("PostgreSQL", (elsewhere, "-m", "database and not once"), {"TEST_DATABASE": "postgresql"}),
        *browser_suites(),
        Suite("SQLite", (elsewhere, "-m", "database"), {"TEST_DATABASE": "sqlite"}),
        Suite("without a database", (elsewhere, "-m", "not database"), {"TEST_DATABASE": "sqlite"}),
    ]


def check() -> None:
    """`make test`; with `--quick` only what needs no database and no browser, with `--browser` only the journeys."""
    print("Setting up")
    install()
    print("Checking")
    if "--browser" in sys.argv:
        run_suites(browser_suites())
        return
    static_checks()
    if "--quick" not in sys.argv:
        run_suites(all_suites())


if __name__ == "__main__":
    main(check)
