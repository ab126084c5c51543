"""What the law asks of the declarations."""
