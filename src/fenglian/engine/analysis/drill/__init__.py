"""What belongs to a drill beside its answer: on what it hangs, and who could stand in."""
