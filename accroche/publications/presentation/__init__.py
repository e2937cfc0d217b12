"""What pages of documents show."""
