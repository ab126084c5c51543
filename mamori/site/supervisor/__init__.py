"""`mamori up`: one process that starts the programs of the house, keeps them running, and stops them in order."""
