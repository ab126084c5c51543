"""The directory of agencies: whom the house knows, and under which number it calls back."""
