"""
The service of ``tdkt serve``: pages for people, ``/v1`` for programs.

``app.create_app`` makes it for a ``site.Site``; ``worker`` reads what was put in. It needs the
packages of ``tdkt-parse[web]``.
"""
