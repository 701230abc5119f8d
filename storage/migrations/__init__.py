"""Alembic revisions, one a change of the tables."""
