"""Writing files and words: values in, bytes or text out."""
