"""``demo``: the whole story."""
