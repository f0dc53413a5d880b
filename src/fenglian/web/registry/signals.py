"""What the registry tells the rooms behind it, without knowing them."""

from django.dispatch import Signal

# Rows of a form of a unit were kept or ended; sent inside the transaction in which it happened,
# with ``actor``, ``owner`` (number of the unit) and ``form``. A receiver that raises undoes it.
rows_kept = Signal()
