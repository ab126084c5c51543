"""What is done for those who buy: in words, what the operator answers of a practice, and what was counted."""
