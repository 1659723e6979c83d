"""What is to be seen of a surface and its runs: questions, and the scene that is built from their answers."""
