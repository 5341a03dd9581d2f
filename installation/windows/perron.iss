; L'installateur de Perron pour un compte Windows : ni administrateur, ni écriture hors de son profil.
; Se compile avec Inno Setup 6, depuis le dossier que « make paquet » a rempli. Le coffre n'est pas ici : il vit dans
; les données de l'agent, et désinstaller Perron ne l'efface pas.

#define Version "@VERSION@"
#define ModeleUtilisateur "@MODELE@"

[Setup]
AppId={{6B0E3C64-6C0E-4B0B-9C53-1B2A8F0D7C11}
AppName=Perron
AppVersion={#Version}
AppPublisher=Perron
PrivilegesRequired=lowest
DefaultDirName={localappdata}\Programs\Perron
DisableProgramGroupPage=yes
DisableDirPage=yes
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
SetupIconFile=application\ressources\identite\perron.ico
UninstallDisplayIcon={app}\application\ressources\identite\perron.ico
LicenseFile=application\LICENCE
OutputDir=.
OutputBaseFilename=Perron-{#Version}-installation
Compression=lzma2
SolidCompression=yes
CloseApplications=yes

[Languages]
Name: "francais"; MessagesFile: "compiler:Languages\French.isl"

[InstallDelete]
; Une mise à jour ne garde rien de la version d'avant : un module disparu y serait encore lu.
Type: filesandordirs; Name: "{app}\application"
Type: filesandordirs; Name: "{app}\bibliotheques"
Type: filesandordirs; Name: "{app}\python"

[Files]
Source: "application\*"; DestDir: "{app}\application"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "bibliotheques\*"; DestDir: "{app}\bibliotheques"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "python\*"; DestDir: "{app}\python"; Flags: recursesubdirs createallsubdirs ignoreversion
Source: "empreintes.txt"; DestDir: "{app}"; Flags: ignoreversion

[Icons]
Name: "{userprograms}\Perron"; Filename: "{app}\python\pythonw.exe"; Parameters: """{app}\application\main.py"""; \
  WorkingDir: "{app}\application"; IconFilename: "{app}\application\ressources\identite\perron.ico"; \
  AppUserModelID: "{#ModeleUtilisateur}"; Comment: "Recevoir, noter, orienter, imprimer"

[Run]
; Compilé une fois : sans cela, le premier lancement attendrait.
Filename: "{app}\python\python.exe"; Parameters: "-m compileall -q ""{app}\application"" ""{app}\bibliotheques"""; \
  Flags: runhidden; StatusMsg: "Préparation du premier lancement"
Filename: "{app}\python\pythonw.exe"; Parameters: """{app}\application\main.py"""; Description: "Ouvrir Perron"; \
  Flags: nowait postinstall skipifsilent

[UninstallDelete]
Type: filesandordirs; Name: "{app}"
