"""Tables in which every period has a row of its own."""
