"""Update rules run on surfaces: trajectories, basins of attraction, and maps of hyper-parameters."""
