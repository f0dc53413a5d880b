"""存档: a copy of the installation for the bad day, and all of its data in open formats for leaving."""
