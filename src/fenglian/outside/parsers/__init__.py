"""One parser of foreign bytes a file; the child runs one of them, alone and within limits."""
