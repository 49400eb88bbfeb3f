"""What is drawn on a terminal; the only place that imports Rich."""
