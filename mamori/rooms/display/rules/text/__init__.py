"""A seller's free text, read into the items of the law: lines, labels, passages, and what stands in prose."""
