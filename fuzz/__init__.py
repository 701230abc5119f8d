"""Everything that strangers' bytes reach first, given whatever bytes: `uv run --group fuzz python -m fuzz NAME`.

A target is one file with `seeds()`, to begin with, and `check(data)`, which raises for what must never happen. The
default suite runs every target briefly with Hypothesis, and again whatever was once found (`tests/security`).
"""
