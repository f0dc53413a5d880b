"""How are pages put together fast? Templates are compiled once a language, with what never changes in place."""
