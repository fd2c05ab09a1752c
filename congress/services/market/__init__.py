"""Marketplaces: laid out, filled with offers and demands, closed with agreements."""
