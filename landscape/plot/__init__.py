"""Drawing a scene with Qt and pyqtgraph: the one drawing code of the window and of every export."""
