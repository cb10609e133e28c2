"""The calls (AMI): what each one asks, as data. A new call is a new file, never new code."""
