"""Drawing on a terminal; the only package that imports Rich."""
