"""Money that only reaches the registered person: accounts, the gate before every payout, what is held, and the runs."""
