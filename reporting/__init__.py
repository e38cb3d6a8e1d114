"""What the board is told: snapshot, board report, PDF, Excel, issued files and their downloads.

What lives here: copying the position when the quarter locks, making one `BoardReport` from it, and keeping the bytes.
What does not: live plans and updates; nothing here reads them except to take the snapshot or preview a draft.
May import: every other room. Nothing imports it but `prevent_tracker.urls` and commands.
Read first: `domain/snapshot.py`, `domain/assemble.py`, `jobs.py`.
"""
