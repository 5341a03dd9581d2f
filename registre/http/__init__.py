"""L'API du registre : FastAPI, aussi mince que possible ; ce qu'elle fait est dans ``service``.

Un fichier de routes par famille (``routes_*.py``), ajouté à ``application.FAMILLES``. Un corps se lit en octets et se
décode par msgspec ; ``contrat`` documente la route telle qu'elle répond. Essais : ``tests/registre/http``.
"""
