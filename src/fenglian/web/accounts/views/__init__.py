"""The pages of accounts: the doors, joining, one's own, and people."""
