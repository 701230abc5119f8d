"""The edge: processes, networks, the clock and files. Every framework lives here."""
