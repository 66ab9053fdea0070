"""What the columns of a list mean, and the typed values of their cells."""
