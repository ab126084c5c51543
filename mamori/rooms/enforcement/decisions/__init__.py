"""What staff decide, as data: about findings and their measures, and about appeals."""
