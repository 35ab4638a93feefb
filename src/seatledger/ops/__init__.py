"""The machine room: settings, log, metrics and health. Nothing here knows what a seat is."""
