"""The official forms: how each is laid out, and its renderings."""
