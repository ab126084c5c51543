"""How every procedure runs, for whoever works for the operator: drawn from what is declared."""
