"""What was signed with whom: each side's own record, the other's answer, and what both come to."""
