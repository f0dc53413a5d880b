"""What belongs to a drill beside its answer: cases, what the answer hangs on, who stands in."""
