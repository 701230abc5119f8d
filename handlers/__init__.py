"""What the bot says: conversations, independent of any channel. No sockets, no SQL, no commits."""
