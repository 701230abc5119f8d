"""How quick the product is, always as a ratio beside a peer that is measured in the same run."""
