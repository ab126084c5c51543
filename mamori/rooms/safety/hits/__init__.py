"""The listings that a request may mean: confirmed by a person, and acted upon."""
