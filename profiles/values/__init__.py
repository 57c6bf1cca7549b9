"""Plain values: the words, the dates, the documents. No tables, no Django."""
