"""账号: the alliances that an installation serves, its people, and the role each has in each."""
