"""“Law beside code”: one page for each jurisdiction, on which a lawyer can check what the law files say,
on whose authority, which rules read it and which stories test it."""
