"""What anybody reports: on the page, by telephone, on paper; added to, told of its outcome, taken back, erased."""
