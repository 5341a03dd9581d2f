"""Ce que fait le registre : un fichier par appel, des unités de travail rejouables, aucune connaissance de HTTP.

Chaque fonction publique prend le moteur et l'heure du registre ; elle lève ``Refuse`` (un refus à dire au poste) ou
``BaseIndisponible``. Essais : ``tests/registre/service``.
"""
