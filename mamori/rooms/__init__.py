"""One room per duty."""
