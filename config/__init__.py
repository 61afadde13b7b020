"""What the programme decides: places, thresholds, targets, printed figures, texts, colours, each with its source."""
