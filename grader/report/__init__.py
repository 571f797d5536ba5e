"""What a class understood: one page, and tables behind it. Reads a course folder and changes nothing in it."""
