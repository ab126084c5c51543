"""What the project runs on itself: reference pages, coverage by branch, the test machinery."""
