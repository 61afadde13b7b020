"""Shapes of places: hexagons, schematic kecamatan, boundaries."""
