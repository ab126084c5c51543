"""Who the seller is: which registered name was verified, by which method, until when, and since when it is another."""
