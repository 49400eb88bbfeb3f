"""PDF files. The only place that imports typst."""
