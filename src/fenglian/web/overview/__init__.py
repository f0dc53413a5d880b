"""总览: what is known, what is short, what is new and what to ask, on one page."""
