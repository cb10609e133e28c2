"""The review room. Nothing is built here yet: this release works on the command line and writes files to read."""
