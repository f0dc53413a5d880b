"""读文 documents come in, are repaired and read, and a person decides on each statement."""
