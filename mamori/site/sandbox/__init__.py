"""A house that a shop's engineer tries: it stays, its clock jumps, and its desk can be asked over the API."""
