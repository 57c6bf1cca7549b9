"""A source version read, and cited from: its text with what rests on it, and the panel that pins selected words."""
