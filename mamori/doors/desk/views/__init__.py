"""The desk's own pages; what belongs to one room stands in that room and is put in here."""
