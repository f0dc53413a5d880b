"""名录: organisations, persons, posts, events and signings, derived from accepted statements."""
