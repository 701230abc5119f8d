"""Every Indonesian sentence that people read."""
