"""The account that a seller's proceeds go to: entered, proven, its holder's name compared, in use, stopped."""
