"""留痕: who read or changed what, in a log that can be added to and never altered unseen."""
