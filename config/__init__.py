"""What the programme decides: places, thresholds, targets, printed figures, labels, colours. Data files with source; small loaders."""
