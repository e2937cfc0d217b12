"""What the catalogue writes: its projections of what others hold."""
