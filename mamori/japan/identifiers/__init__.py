"""Numbers that the state gives: of corporations and of invoices, held to their check digit, and of people, to be refused."""
