"""Charts: from columns of a table to shapes with labels, which a page and a PDF draw alike."""
