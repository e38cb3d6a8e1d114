"""The front door: settings, URLs, WSGI, the demo, and `core/` (the cellar, which names no Prevent noun).

What lives here: how the site is put together and run.
What does not: anything a Prevent coordinator would recognise; that is in `partners`, `plans`, `actions`, `reporting`.
May import: everything. Only `prevent_tracker.core` may be imported by the rooms.
Read first: `settings.py`, `urls.py`, `core/__init__.py`.
"""
