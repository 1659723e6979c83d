"""The shape of a surface: values on a grid, contour levels and lines."""
