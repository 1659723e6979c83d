"""What is to be seen of networks in training: questions, and the scenes that are built from their answers."""
