"""The command line: `main` puts the commands together, each other file has those of one noun."""
