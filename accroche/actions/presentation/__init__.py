"""What the pages of sheets show, computed from what queries read."""
