"""A seller's information to a buyer with a claim, and to others who may ask, each on what it rests."""
