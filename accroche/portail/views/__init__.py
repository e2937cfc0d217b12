"""Home, one's own space, static pages: HTTP only."""
