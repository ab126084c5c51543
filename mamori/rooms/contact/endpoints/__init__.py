"""The verbs of this room over JSON: states and clocks for the marketplace, words for the parties alone."""
