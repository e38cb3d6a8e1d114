"""Fingerprints: the SHA-256 of content in one canonical form."""

import datetime
import hashlib
import json
import unicodedata
from typing import Any


def canonical(content: Any) -> str:
    """Return `content` as JSON with sorted keys, NFC text and ISO dates, so equal content gives equal text.

    Takes dicts, lists, tuples, strings, numbers, booleans, None and dates. Raises TypeError on anything else.
    """
    return json.dumps(_plain(content), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def fingerprint(content: Any) -> str:
    """Return the SHA-256 (64 hexadecimal digits) of `content` in canonical form."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, datetime.date | datetime.datetime):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(item) for item in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")
