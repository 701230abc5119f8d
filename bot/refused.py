"""What ends a command with exit code 2."""


class Refused(Exception):
    """Bad input from the person at the command line; the message is one clear sentence in Indonesian."""
