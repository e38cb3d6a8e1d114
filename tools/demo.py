"""`make demo`: set up, load the five councils once, start the web process and the worker, stop both on Ctrl-C."""

import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request

from setup import manage, setup, site_settings
from steps import BIN, PYTHON, ROOT, VAR, Missing, main, step

PORT = os.environ.get("PORT", "8000")
ADDRESS = f"http://localhost:{PORT}"


def check_port() -> None:
    """Raise Missing when something else listens on the port."""
    if not PORT.isdigit() or not 0 < int(PORT) < 65536:
        raise Missing(
            f"PORT={PORT} is not a port number: use one between 1 and 65535, for example 'make demo PORT=8001'."
        )
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(PORT)))
        except OSError as problem:
            raise Missing(f"Port {PORT} is in use: choose another, for example 'make demo PORT=8001'.") from problem


def start(*command: str) -> subprocess.Popen:
    """Start a process of the site in a process group of its own, so that Ctrl-C reaches us alone."""
    environment = os.environ | site_settings() | {"SITE_ADDRESS": ADDRESS}
    return subprocess.Popen(list(map(str, command)), cwd=ROOT, env=environment, start_new_session=True)


def wait_until_it_answers(web: subprocess.Popen, seconds: float = 60) -> None:
    """Return when the site answers; raise Missing when it stopped or does not within `seconds`."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if web.poll() is not None:
            break
        try:
            urllib.request.urlopen(f"{ADDRESS}/help/", timeout=5).close()
            return
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
    raise Missing("The web process did not start: its message stands above.")


def stop(processes: list[subprocess.Popen]) -> None:
    """Ask every process to stop, and wait for it; kill what does not stop within ten seconds."""
    for process in processes:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
    for process in processes:
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)


def load_once() -> str | None:
    """Load the demo into an empty database; a database that holds it already is left as it is."""
    said = manage("load_demo", "--yes-demo")
    return "already there" if "already" in said else None


def demo() -> None:
    check_port()
    setup()
    step("Demo councils", load_once)
    serve = ("prevent_tracker.wsgi", "--no-control-socket", "--bind", f"127.0.0.1:{PORT}", "--threads", "8")
    web = start(BIN / "gunicorn", *serve, "--log-level", "warning")
    worker = start(PYTHON, "manage.py", "db_worker", "--queue-name", "*", "--interval", "1", "--verbosity", "0")
    try:
        wait_until_it_answers(web)
        print(f"\nThe demo is at {ADDRESS}\n")
        print((VAR / "demo-accounts.txt").read_text())
        print("Press Ctrl-C to stop.", flush=True)
        while web.poll() is None and worker.poll() is None:
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("\nStopping.")
    finally:
        stop([web, worker])


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: (_ for _ in ()).throw(KeyboardInterrupt()))
    main(demo)
