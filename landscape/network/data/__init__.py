"""What a network learns: ``datasets``, ``csv_table``; ``samples`` made of them, and the ``targets`` of the loss."""
