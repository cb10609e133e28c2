"""What is kept: files by digest, analyses, and the journal of everything that was done."""
