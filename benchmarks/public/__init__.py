"""Public benchmarks read by the product. One module per benchmark; its data and scorer are in the shared folder."""
