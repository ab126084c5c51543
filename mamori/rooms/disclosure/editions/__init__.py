"""What everybody reads: the page of measures, the editions of half-years, and reports."""
