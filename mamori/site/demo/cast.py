"""Whom the story is about: references into `examples/market`, as its README lists them, and the centre's own accounts."""

AGENT, LEAD, COUNSEL, READER = "agent:1", "lead:2", "counsel:3", "reader:4"
SELLERS = {"question": "S-0001", "solved": "S-0001", "unsolved": "S-0002", "silent": "S-0003"}
BUYERS = {"question": "B-0001", "solved": "B-0002", "unsolved": "B-0003", "silent": "B-0004"}
ORDERS = {"solved": "O-000001", "unsolved": "O-000002", "silent": "O-000003"}
CLAIMED = "O-000020"
"""An order of more than 10,000 yen, whose buyer claims the money back."""
LISTING = "L-0001"
WRONG_LISTING = "L-0002"
BUYER, SELLER, DELEGATE = "B-0213", "S-0002", "hanako"
"""As whom one comes in by the doors."""
