"""The ordinary way of doing what the product does, for comparison; as the documentation of its library shows it."""
