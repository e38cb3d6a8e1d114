"""The pages about people, invitations and memberships, and one's own account."""
