"""Pages of the post: the demo's mail as an inbox, and the way out of advertising."""
