"""Pictures drawn from snapshots of figures."""
