"""Private accounts that may be businesses: signs, a look, the seller's answer, a conclusion."""
