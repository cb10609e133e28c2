"""View objects: plain dataclasses made from records, ready for the templates."""
