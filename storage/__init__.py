"""What we remember: the only place that speaks SQL."""
