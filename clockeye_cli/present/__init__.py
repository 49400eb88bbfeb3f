"""From values to what people and programs read: cells, sentences, notices, templates."""
