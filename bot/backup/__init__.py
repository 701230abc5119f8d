"""Backups of everything that is remembered, and their way back."""
