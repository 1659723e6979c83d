"""Small networks, trained by the same update rules that descend the surfaces."""
