"""The network in quantities: a pack of data becomes one frozen chain of arrays."""
