"""What a file that people sent is: told by its content, in a process of its own, before anything else reads it."""
