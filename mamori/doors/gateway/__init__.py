"""HTTP for other software: the marketplace's REST."""
