"""Who: people, organisations, councils, partners' seats, governance bodies, roles, and the permission policy.

What lives here: who sits where, for whom, from when until when, and what each seat may do.
What does not: plans, actions, reports.
May import: `prevent_tracker.core` only.
Read first: `roles.py` (one table), `policy.py` (`may`, `visible`, `access_for`), `domain/memberships.py`.
"""
