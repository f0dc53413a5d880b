"""``python -m fenglian`` is the command ``fenglian``."""

from fenglian.cli import main

main()
