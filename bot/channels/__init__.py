"""Chat channels: each renders outgoing messages and delivers incoming ones; they do not know each other."""
