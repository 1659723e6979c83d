"""The shape of a surface: values on a grid, contour lines, curvature, and its critical points."""
