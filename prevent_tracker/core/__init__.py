"""The cellar: what every room stands on, and no Prevent noun.

What lives here: the audit record and its triggers (`audit.py`), saves that refuse to be stale (`versions.py`),
fingerprints (`fingerprint.py`), refusals in words (`refusals.py`), jobs with progress (`jobs.py`), the GOV.UK form
renderer and template tags.
What does not: anything about plans, partners or boards.
May import: Django and libraries, no room.
Read first: `audit.recorded`, `versions.claim`, `fingerprint.fingerprint`.
"""
