"""The pages of reports: for whoever reports, and for staff who take a report."""
