"""A province over its communes: their figures beside each other, and plans given to all of them."""
