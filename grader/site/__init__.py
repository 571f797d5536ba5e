"""Builds the learners' site: everything runs in the browser, nothing is asked of another host."""
