"""What counsellors and their consultations are to each who reads them."""
