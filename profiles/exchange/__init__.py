"""Documents in and out: fixtures, lists in, formats out."""
