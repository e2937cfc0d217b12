"""What the public pages show, made ready for templates."""
