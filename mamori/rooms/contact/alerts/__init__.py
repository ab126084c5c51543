"""All buyers of a listing told of a danger: once each, until they have stopped using it or somebody has called them."""
