"""Doing things at the same moment, each in a thread with a database connection of its own.

On SQLite the test database lives in memory, where connections do not wait for each other as they do on a file; so the
threads work on a copy of it in a file, with the settings of the real thing.
"""

import sqlite3
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from django.db import connection, connections


class SameMoment:
    """Runs functions in threads. Made with a folder for the SQLite file; what it runs sees what it ran before."""

    def __init__(self, folder: Path):
        self.file = folder / "threads.sqlite3" if connection.vendor == "sqlite" else None
        if self.file:
            with sqlite3.connect(self.file) as copy:
                connection.ensure_connection()
                connection.connection.backup(copy)
            copy.close()

    def run(self, *functions: Callable[[], Any]) -> list[Any]:
        """Start all at once; return what each returned, or the exception that it raised, in their order."""
        results: list[Any] = [None] * len(functions)
        barrier = threading.Barrier(len(functions))
        threads = [
            threading.Thread(target=self._one, args=(function, number, results, barrier))
            for number, function in enumerate(functions)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        assert not any(thread.is_alive() for thread in threads), "a thread is stuck"
        return results

    def alone(self, function: Callable[[], Any]) -> Any:
        """Run one function and return its result, or raise what it raised."""
        (result,) = self.run(function)
        if isinstance(result, BaseException):
            raise result
        return result

    def _one(self, function: Callable[[], Any], number: int, results: list, barrier: threading.Barrier) -> None:
        if self.file:
            mine = connections.create_connection("default")
            mine.settings_dict = {**mine.settings_dict, "NAME": str(self.file)}
            connections["default"] = mine
        try:
            connections["default"].ensure_connection()
            barrier.wait(timeout=60)
            results[number] = function()
        except BaseException as error:  # the test looks at it
            results[number] = error
        finally:
            connections["default"].close()


def raised(results: Sequence[Any]) -> list[BaseException]:
    """Return the exceptions among the results."""
    return [result for result in results if isinstance(result, BaseException)]
