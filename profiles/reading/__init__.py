"""The read side: sees editions and published rows only."""
