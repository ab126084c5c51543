"""Numbers that others give: of corporations, invoices and goods, held to a check digit, and of people, to be refused."""
