"""Le poste et le registre : boîte d'envoi, miroir, curseur, quarantaine, reprises.

Connaît coffre, fusion, dossier et protocole. httpx ne se voit qu'ici et ne se charge qu'au premier échange.
Synchrone : à appeler d'un fil à part, qui n'est jamais celui de l'écran. Essais : ``tests/modele/synchro``.
"""
