"""The bank of cases by which the examination of requests for a seller's information is held."""
