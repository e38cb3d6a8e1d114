"""`make test`: everything that has to be true before a change lands.

Lint, types, import contracts and the migrations check come first because they are quick. The suite then runs on
SQLite and on PostgreSQL side by side, and the browser journeys last.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from setup import install, site_settings
from steps import BIN, PYTHON, ROOT, Failed, Missing, install_debian, main, run, step

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
TYPED = ("partners/policy.py", "partners/domain", "plans/domain", "actions/domain", "actions/importing",
         "reporting/domain", "reporting/exports", "prevent_tracker/core")  # fmt: skip
OUTPUT = ROOT / "build" / "test-output"


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
    """No lock says where packages come from."""
    locks = [*ROOT.glob("*.lock"), ROOT / "package-lock.json"]
    bad = [lock.name for lock in locks if '"resolved"' in lock.read_text() or "index-url" in lock.read_text()]
    if bad:
        raise Failed(f"These locks hold addresses: {', '.join(bad)}.")


def find_browser() -> str | None:
    """Return the path of Chromium: one that is there, else Debian's when root, else None."""
    given = os.environ.get("CHROMIUM")
    found = given or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found and install_debian("chromium"):
        found = shutil.which("chromium")
    return found


def run_suites(suites: dict[str, tuple[list[str], dict[str, str]]]) -> None:
    """Run pytest once for each suite, side by side, and print what each printed. Raises Failed if any failed."""
    OUTPUT.mkdir(parents=True, exist_ok=True)
    running = {}
    for name, (arguments, environment) in suites.items():
        log = (OUTPUT / f"{name}.txt").open("w")
        command = [str(PYTHON), "-m", "pytest", *arguments]
        started = time.monotonic()
        process = subprocess.Popen(
            command, cwd=ROOT, env=os.environ | environment, stdout=log, stderr=subprocess.STDOUT
        )
        running[name] = (process, started)
    failed = []
    for name, (process, started) in running.items():
        code = process.wait()
        print(f"  Tests on {name}: {time.monotonic() - started:.0f} s", flush=True)
        print(Path(OUTPUT / f"{name}.txt").read_text(), flush=True)
        if code:
            failed.append(name)
    if failed:
        raise Failed(f"Tests failed: {', '.join(failed)}.")


def database_suites() -> None:
    not_browser = ["-m", "not browser"]
    run_suites(
        {
            "SQLite": (not_browser, {"TEST_DATABASE": "sqlite"}),
            "PostgreSQL": (not_browser, {"TEST_DATABASE": "postgresql"}),
        }
    )


def browser_suite() -> None:
    browser = find_browser()
    if browser:
        run_suites({"browser": (["-m", "browser"], {"TEST_DATABASE": "sqlite", "CHROMIUM": browser})})
    elif os.environ.get("CI"):
        raise Missing("There is no Chromium, and with CI set the browser journeys may not be skipped.")
    else:
        print("  Browser journeys skipped: install Chromium ('apt install chromium') or set CHROMIUM to its path.")


PARTS = {"--quick": [static_checks], "--browser": [browser_suite]}


def check() -> None:
    print("Setting up")
    install()
    print("Checking")
    asked = next((PARTS[argument] for argument in sys.argv[1:] if argument in PARTS), None)
    for part in asked or [static_checks, database_suites, browser_suite]:
        part()


if __name__ == "__main__":
    main(check)
