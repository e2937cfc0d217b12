"""A real instance under siege, on loopback: what is promised, and what was seen."""
