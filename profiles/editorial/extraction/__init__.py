"""What is read out of captured bytes, and what is not: plain Python without tables, so that it can run apart."""
