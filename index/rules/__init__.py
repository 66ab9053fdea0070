"""What a list holds besides companies: requirements and statistics."""
