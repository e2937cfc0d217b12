"""Census sheets of académies: recognised, read row by row, planned, shown, and only then written."""
