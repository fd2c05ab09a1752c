"""Applying for places in a training course, choosing, answering."""
