"""The public pages: HTTP only."""
