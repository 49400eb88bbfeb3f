"""HTML pages that need nothing from elsewhere. The only place that imports Jinja."""
