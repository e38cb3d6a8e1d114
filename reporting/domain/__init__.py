"""What the board is told: position, snapshot, board report, and the acts of locking, writing and issuing."""
