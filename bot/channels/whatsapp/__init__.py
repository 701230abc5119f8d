"""WhatsApp as a channel, over the official Cloud API."""
