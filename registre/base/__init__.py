"""PostgreSQL : le schéma et ses migrations, le moteur et ses unités rejouables, la grappe embarquée, la sauvegarde.

Ne connaît que regles (les fautes). Essais : ``tests/registre/base``.
"""
