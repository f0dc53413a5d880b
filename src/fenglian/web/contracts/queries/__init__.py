"""Which agreements may the one who asks know of, and what do they come to? Engine values throughout."""

from fenglian.web.contracts.queries.book import (
    Book,
    Entry,
    Standing,
    Told,
    count_waiting,
    open_book,
)
from fenglian.web.contracts.queries.links import supply_network
from fenglian.web.contracts.queries.needs import Chance, Market, Wish, find_chance, open_market
from fenglian.web.contracts.queries.signings import SigningGroup, list_groups
from fenglian.web.contracts.queries.sourcing import (
    MOST_POINTS,
    POINTS,
    SCOPES,
    USUAL,
    Definition,
    Scope,
    Sourcing,
    find_sourcing,
)

__all__ = [
    "MOST_POINTS",
    "POINTS",
    "SCOPES",
    "USUAL",
    "Book",
    "Chance",
    "Definition",
    "Entry",
    "Market",
    "Scope",
    "SigningGroup",
    "Sourcing",
    "Standing",
    "Told",
    "Wish",
    "count_waiting",
    "find_chance",
    "find_sourcing",
    "list_groups",
    "open_book",
    "open_market",
    "supply_network",
]
