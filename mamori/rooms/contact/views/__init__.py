"""Pages of this room: for buyers, for sellers, for the centre's staff."""
