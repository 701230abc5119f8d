"""The rules of the office, on the standard library alone."""
