"""Tables of a person's own (CSV, TSV): bytes to text, text to cells, cells to columns of numbers or words."""
