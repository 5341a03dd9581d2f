"""Le registre central : il ordonne, fusionne et garde ce que les postes envoient, sur un PostgreSQL.

Vit sur un serveur, jamais au guichet. Connaît modele.dossier, fusion, ressemblance, protocole et regles ;
ni le coffre, ni l'écran. ``base`` tient PostgreSQL, ``service`` les unités de travail (un fichier par appel),
``http`` les routes. ``python -m registre`` le démarre. Essais : ``tests/registre``.
"""
