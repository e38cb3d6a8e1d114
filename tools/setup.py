"""`make setup`: the virtual environment, hash-locked packages, the front end, the database.

Run twice it only does what has changed. Standard library only.
"""

import os
import secrets
import shutil
import subprocess
import sys

from steps import BIN, PYTHON, ROOT, VAR, VENV, Failed, Missing, install_debian, main, once, run, step

OLDEST_PYTHON = (3, 11)
PANGO = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0")


def check_python() -> str:
    """Return the version; raise Missing when it is too old."""
    found = ".".join(map(str, sys.version_info[:3]))
    if sys.version_info < OLDEST_PYTHON:
        raise Missing(
            f"Python {found} is too old: install Python 3.11 or newer and run 'make setup PYTHON3=python3.11' again."
        )
    return found


def make_virtual_environment() -> str | None:
    """Make `.venv` unless it is there and works."""
    if PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return "already there"
    shutil.rmtree(VENV, ignore_errors=True)
    try:
        run(sys.executable, "-m", "venv", VENV)
    except Failed as problem:
        raise Missing(
            "Python cannot make virtual environments here: install them ('apt install python3-venv' on Debian)."
        ) from problem
    return None


def locks_in_force() -> list[str]:
    """Return the locks to install: with Node's wheel only where the machine has no npm of its own."""
    locks = ["requirements-tools.lock", "requirements-dev.lock"]
    return locks if machine_has_npm() else [*locks, "requirements-node.lock"]


def install_packages(locks: list[str]) -> None:
    """Install uv, then every package of the locks, all checked against their hashes."""
    quietly = ("--quiet", "--disable-pip-version-check", "--require-hashes")
    run(PYTHON, "-m", "pip", "install", *quietly, "-r", "requirements-tools.lock")
    # Compiled once here: a short command or the process that reads a file would else compile its libraries each time
    # where Python is told to write no bytecode.
    checked = ("--require-hashes", "--compile-bytecode")
    run(BIN / "uv", "pip", "sync", "--quiet", *checked, "--python", PYTHON, *locks)


def machine_has_npm() -> bool:
    """Whether an npm outside our virtual environment, with Node 18 or newer, is on the path."""
    path = os.pathsep.join(part for part in os.environ.get("PATH", "").split(os.pathsep) if part != str(BIN))
    npm, node = shutil.which("npm", path=path), shutil.which("node", path=path)
    if not npm or not node:
        return False
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    return version.startswith("v") and int(version[1:].split(".")[0]) >= 18


def check_pango() -> str | None:
    """See that WeasyPrint can load Pango; install it where we may, else say how to get it."""

    def loads() -> bool:
        return subprocess.run([PYTHON, "-c", "import weasyprint"], capture_output=True, check=False).returncode == 0

    if loads():
        return "there"
    if install_debian(*PANGO) and loads():
        return "installed"
    raise Missing(
        "The PDF engine needs Pango: install it with 'apt install " + " ".join(PANGO) + "' (Debian, Ubuntu) "
        "or 'brew install pango' (macOS), then run this again."
    )


def install_front_end() -> None:
    """Install the front-end packages of the lock."""
    run("npm", "ci", "--loglevel=error", "--no-progress")


def build_front_end() -> None:
    """Compile styles and copy scripts and fonts into build/static."""
    run("npm", "run", "--silent", "build")


def site_settings() -> dict[str, str]:
    """Return the environment of a site on this machine: DEBUG off, a key of its own kept in var/."""
    VAR.mkdir(parents=True, exist_ok=True)
    key = VAR / "secret_key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_text(secrets.token_urlsafe(64))
    return {"SECRET_KEY_FILE": str(key), "DEBUG": "0", "HTTPS": "0"} | {
        name: os.environ[name] for name in ("DEBUG", "HTTPS", "SECRET_KEY_FILE") if name in os.environ
    }


def manage(*arguments: str, show: bool = False) -> str:
    """Run a management command with the site's settings."""
    return run(PYTHON, "manage.py", *arguments, env=site_settings(), show=show)


def prepare_database() -> None:
    """Migrate, and make the cache table."""
    manage("migrate", "--verbosity", "0")
    manage("createcachetable", "--verbosity", "0")


def install() -> None:
    """Everything but the database: enough to build and test."""
    sources = [path for path in (ROOT / "static").rglob("*") if path.is_file()]
    front_end = [ROOT / "package-lock.json", ROOT / "package.json"]
    locks = locks_in_force()
    step("Python", check_python)
    step("Virtual environment", make_virtual_environment)
    step("Python packages", once("python-packages", [ROOT / name for name in locks], lambda: install_packages(locks)))
    step("Pango, for PDF", check_pango)
    step("Front-end packages", once("front-end-packages", front_end, install_front_end, makes=ROOT / "node_modules"))
    step("Front end", once("front-end", [*front_end, *sources], build_front_end, makes=ROOT / "build" / "static"))


def setup() -> None:
    """`make setup`."""
    print("Setting up")
    install()
    step("Database", prepare_database)
    step("Static files", lambda: manage("collectstatic", "--noinput", "--verbosity", "0") and None)
    print("Ready. 'make demo' starts the demo; 'make test' proves the project.")


if __name__ == "__main__":
    main(setup)
