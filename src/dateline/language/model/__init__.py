"""The embedded model's run time: word pieces, windows, one ONNX session per worker. No training code, no torch."""
