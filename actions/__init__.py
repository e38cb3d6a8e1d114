"""The work: actions, owners, timescales, RAG, updates, returns, sign-off, and the importer.

What lives here: everything that partners do and say between two reports.
What does not: the plan's headings and calendar (`plans`), and what a board is told (`reporting`).
May import: `plans`, `partners`, `prevent_tracker.core`.
Read first: `domain/ratings.py`, `domain/updates.py`, `domain/returns.py`.
"""
