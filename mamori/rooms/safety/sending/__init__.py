"""The page to use once, on which a sender that likes one sends us its request."""
