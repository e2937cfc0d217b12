"""What the public pages read, each in a fixed number of queries."""
