"""Reading: bytes of a document in, statements traceable to their characters out."""
