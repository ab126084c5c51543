"""Tables of a shop's own software, CSV or Excel: their columns matched, their rows told as the marketplace tells lines."""
