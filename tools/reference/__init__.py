"""Renders docs/reference/ from the declarations, so that no page can say what the house does not do."""
