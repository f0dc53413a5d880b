"""Arithmetic on arrays: numbers in, numbers out, no word of the domain."""
