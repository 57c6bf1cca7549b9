"""What the site costs and carries: speed, memory, size, many at once, faults. See README.md."""
