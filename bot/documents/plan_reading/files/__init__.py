"""Files of every kind made into tables of cells, in a process with limits."""
