"""The write side: one verb a file. Each refuses first, then changes everything in one transaction."""
