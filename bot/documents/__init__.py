"""Office files read and written."""
