"""What visitors choose, cleaned."""
