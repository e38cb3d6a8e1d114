"""Writers of the plan itself: plain rows in, bytes out. No database."""
