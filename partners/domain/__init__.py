"""What may be done to organisations, seats and memberships. Every function that writes checks the right again."""
