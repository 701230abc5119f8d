"""Tables in which every period has a column, or that have the year only."""
