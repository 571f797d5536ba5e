"""Scores for the gradebooks people have: Canvas, Moodle, and a long table for analysis."""
