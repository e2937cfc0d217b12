"""An edition is closed and the next one opened from it, in a real browser, as the bureau does."""
