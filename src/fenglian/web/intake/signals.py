"""What intake tells the rooms behind it, without knowing them."""

from django.dispatch import Signal

# Statements of an alliance were decided on; sent inside the transaction of the decision, with
# ``actor``. A receiver that raises undoes the decision too.
statements_decided = Signal()

# A document is about to be read, with ``actor``: a receiver returns the names of organisations
# that it knows, as pairs of name and kind.
names_wanted = Signal()
