"""Reading a stranger's file in a child process: limits, no network, a sentence for every failure.

The child is this same module run by a fresh interpreter. It takes the file on standard input, sets its own limits
before it looks at a byte of it, and answers with JSON (never pickle). The parent waits a bounded time, kills the
child's whole process group when that is over, and turns whatever happened into a draft or an `UnreadableFile`.
"""

from __future__ import annotations

import json
import os
import signal
import struct
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .draft import Answers, DraftPlan
from .errors import UnreadableFile
from .gate import check_size
from .grid import Document

CPU_SECONDS = 20
MEMORY_BYTES = 512 * 1024 * 1024
WALL_SECONDS = 30
MAX_ANSWER_BYTES = 200 * 1024 * 1024

_ROOT = Path(__file__).resolve().parents[2]
_TOO_LONG = (
    "This file takes too long to read: copy the plan into a new document without pictures and merged cells, "
    "and upload that."
)
_TOO_MUCH = "This file needs more memory than a plan should: copy the plan into a new document and upload that."
_UNKNOWN = (
    "This file could not be read: open it in Word or Excel, copy the plan into a new document and upload that, "
    "or paste the text of the plan."
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a file: the draft plan, and the document as it was for showing beside it."""

    plan: DraftPlan
    document: Document


def read_file_safely(
    name: str,
    data: bytes,
    *,
    answers: Answers | None = None,
    wall_seconds: float = WALL_SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> DraftPlan:
    """Gate, reader and understanding in a child process. Raises `UnreadableFile` with a sentence, nothing else."""
    return read_with_document(name, data, answers=answers, wall_seconds=wall_seconds, memory_bytes=memory_bytes).plan


def read_with_document(
    name: str,
    data: bytes,
    *,
    answers: Answers | None = None,
    wall_seconds: float = WALL_SECONDS,
    memory_bytes: int = MEMORY_BYTES,
) -> Reading:
    """As `read_file_safely`, and the neutral document with it, for the review page and for answers later on."""
    check_size(len(data))
    header = json.dumps({"name": name[-300:], "answers": (answers or Answers()).to_json()}).encode()
    answer = _ask_child(struct.pack(">I", len(header)) + header + data, wall_seconds, memory_bytes)
    if "sentence" in answer:
        raise UnreadableFile(answer["sentence"])
    try:
        return Reading(DraftPlan.from_json(answer["plan"]), Document.from_json(answer["document"]))
    except (KeyError, TypeError, ValueError) as odd:
        raise UnreadableFile(_UNKNOWN) from odd


def _ask_child(message: bytes, wall_seconds: float, memory_bytes: int) -> dict[str, Any]:
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "LANG": "C.UTF-8",
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_NUM_THREADS": "1",
        "MALLOC_ARENA_MAX": "2",
    }
    child = subprocess.Popen(
        [sys.executable, "-B", "-s", "-m", "actions.importing.sandbox", str(memory_bytes)],
        cwd=_ROOT,
        env=environment,
        start_new_session=True,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        output, _ = child.communicate(message, timeout=wall_seconds)
    except subprocess.TimeoutExpired:
        raise UnreadableFile(_TOO_LONG) from None
    except OSError:
        output = b""
    finally:
        _end(child)
    if child.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise UnreadableFile(_TOO_LONG)
    if child.returncode != 0 or not output or len(output) > MAX_ANSWER_BYTES:
        raise UnreadableFile(_TOO_MUCH if child.returncode in (-signal.SIGSEGV, -signal.SIGABRT) else _UNKNOWN)
    try:
        answer = json.loads(output)
    except ValueError:
        raise UnreadableFile(_UNKNOWN) from None
    return answer if isinstance(answer, dict) else {}


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child's process group if it still runs, and collect it."""
    if child.poll() is None:
        try:
            os.killpg(child.pid, signal.SIGKILL)
        except (ProcessLookupError, PermissionError):
            child.kill()
        child.communicate()


# --- in the child -------------------------------------------------------------------------------------------

_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.system",
    "os.exec",
    "os.fork",
    "os.posix_spawn",
    "os.spawn",
    "ftplib.",
    "http.",
    "urllib.",
    "smtplib.",
    "webbrowser.",
    "pty.",
    "ctypes.dlopen",
    "shutil.",
    "os.remove",
    "os.rename",
    "os.mkdir",
    "os.chmod",
)


def _limit_myself(memory_bytes: int = MEMORY_BYTES) -> None:
    """Bounds for this process: processor time, memory, no files written, no network, no other programs."""
    import resource

    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(_FORBIDDEN):
        raise PermissionError(f"{event} is not allowed while a file is read")
    if (
        event == "open"
        and len(arguments) > 1
        and isinstance(arguments[1], str)
        and any(sign in arguments[1] for sign in "wax+")
    ):
        raise PermissionError("no file may be written while a file is read")


def _answer(message: bytes) -> dict[str, Any]:
    from .reading import read_document
    from .understanding import understand

    size = struct.unpack(">I", message[:4])[0]
    header = json.loads(message[4 : 4 + size])
    try:
        document = read_document(header["name"], message[4 + size :])
        plan = understand(document, Answers.from_json(header["answers"]))
        return {"plan": plan.to_json(), "document": document.to_json()}
    except UnreadableFile as refused:
        return {"sentence": refused.sentence}
    except MemoryError:
        return {"sentence": _TOO_MUCH}
    except RecursionError:
        return {"sentence": _UNKNOWN}


def main(memory_bytes: int) -> None:
    """The child's whole life: limits, read, answer."""
    message = sys.stdin.buffer.read()
    # What every file needs is loaded before the limits; the library for one kind of file is loaded when it is met.
    from . import reading, understanding  # noqa: F401

    _limit_myself(memory_bytes)
    try:
        output = json.dumps(_answer(message))
    except MemoryError:
        output = json.dumps({"sentence": _TOO_MUCH})
    except Exception:  # whatever a hostile file provokes ends as one sentence, and never as a trace
        output = json.dumps({"sentence": _UNKNOWN})
    sys.stdout.buffer.write(output.encode())
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(memory_bytes=int(sys.argv[1]))
