"""Reading the plan that an office already has, in whatever layout it stands (domain.md 2.2 and 2.4)."""
