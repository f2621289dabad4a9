"""
Plans made up from phrase tables, with what each says.

Nothing here knows the parser, and nothing is taken from its lexicons: what both got wrong alike
would never be seen.
"""
