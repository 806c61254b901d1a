"""One module per format read back."""
