"""Ce que le poste et le registre se disent : messages, signatures, scellement. Ni HTTP, ni base.

Connaît dossier et fusion. ``messages`` : la forme de chaque demande et de chaque réponse ; ``signatures`` : Ed25519 ;
``scellement`` : HPKE, pour les paquets d'octets que d'autres transportent. Essais : ``tests/modele/protocole``.
"""
