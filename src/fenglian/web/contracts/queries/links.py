"""Which supply network do the agreements make that the reader may know of?"""

from fenglian.engine.chain.contract_links import ContractNetwork, End, network_of
from fenglian.web.contracts.queries.book import Book


def supply_network(book: Book, end: End = "low") -> ContractNetwork:
    """Return the network of links for whoever the book was opened for: nothing else goes in."""
    regions = {key: each.province for key, each in book.parties.items()}
    return network_of(book.contracts, book.flows, book.needs, end=end, regions=regions)
