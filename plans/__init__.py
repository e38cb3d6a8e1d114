"""What was agreed: plans, their headings, approval route, reporting calendar and its lock.

What lives here: the shape of a plan in the council's own words, and the quarter that opens and locks.
What does not: the actions under the headings, and anything that is reported about them.
May import: `partners`, `prevent_tracker.core`.
Read first: `models.py`, `domain/periods.py` (`require_open`), `rules.py`.
"""
