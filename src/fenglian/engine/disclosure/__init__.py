"""披露: what may be used, and shown, for whom."""
