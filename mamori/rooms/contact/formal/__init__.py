"""Formal notices: what a buyer declares with effect in law, delivered word for word, and followed until it is settled."""
