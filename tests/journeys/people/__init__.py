"""Ten kinds of people go through the house by its pages, each in a story of their own."""
