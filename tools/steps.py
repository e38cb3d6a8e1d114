"""Steps that say what they are doing and how long it took.

Standard library only: this runs before anything is installed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
STAMPS = VENV / "stamps"
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process we start compiles the whole site anew
VAR = Path(os.environ.get("VAR_DIR", ROOT / "var"))


class Missing(Exception):
    """Something the machine lacks; the message is one plain sentence that says how to get it."""


class Failed(Exception):
    """A command failed; its output is the message."""


def run(*command: str | Path, env: dict[str, str] | None = None, show: bool = False) -> str:
    """Run a command in the project's folder, tools of the virtual environment first. Returns its output.

    With `show` the output goes straight to the screen. Raises Failed with the output otherwise.
    """
    environment = os.environ | {"PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"} | (env or {})
    environment.pop("VIRTUAL_ENV", None)
    capture = {} if show else {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=environment, text=True, **capture)
    if done.returncode:
        raise Failed(f"{' '.join(map(str, command))}\n{done.stdout or ''}".rstrip())
    return done.stdout or ""


def step(name: str, action: Callable[[], str | None]) -> None:
    """Do one step: say its name, do it, say how long it took (or the word that `action` returned)."""
    print(f"  {name} ", end="", flush=True)
    started = time.monotonic()
    try:
        word = action()
    except BaseException:
        print("failed")
        raise
    print(f"{word or 'done'} ({time.monotonic() - started:.1f} s)", flush=True)


def once(
    name: str, inputs: Iterable[Path], action: Callable[[], object], *, makes: Path = VENV
) -> Callable[[], str | None]:
    """Return `action` made to run only when the content of `inputs` has changed, or what it `makes` has gone."""

    def run_if_changed() -> str | None:
        digest = hashlib.sha256()
        for path in sorted(inputs):
            digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
        stamp = STAMPS / name
        if makes.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
            return "already there"
        action()
        STAMPS.mkdir(parents=True, exist_ok=True)
        stamp.write_text(digest.hexdigest())
        return None

    return run_if_changed


def install_debian(*packages: str) -> bool:
    """Install Debian packages when we are root on a machine that has apt. Returns whether that was possible."""
    if os.name == "nt" or os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        run("apt-get", "update", "-qq", env=quiet)
        run("apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages, env=quiet)
    except Failed:
        return False
    return True


def main(work: Callable[[], int | None]) -> None:
    """Run `work` as a command: plain sentences for what is missing, the output of what failed."""
    try:
        sys.exit(work() or 0)
    except (Missing, Failed) as problem:
        print(f"\n{problem}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        print("\nStopped.", file=sys.stderr)
        sys.exit(130)
