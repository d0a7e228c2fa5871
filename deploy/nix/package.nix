# Builds this checkout with Nix:
#   nix-build deploy/nix
# In a NixOS configuration:
#   environment.systemPackages = [ (pkgs.callPackage ./pullquote/deploy/nix/package.nix { }) ];
{
  lib,
  stdenv,
  rustPlatform,
  installShellFiles,
}:

let
  root = ../..;
  manifest = lib.importTOML (root + "/Cargo.toml");
in
rustPlatform.buildRustPackage {
  pname = "pullquote";
  inherit (manifest.workspace.package) version;

  src = lib.cleanSourceWith {
    src = root;
    filter = path: type: lib.cleanSourceFilter path type && baseNameOf path != "target" && baseNameOf path != ".env";
  };
  cargoLock.lockFile = root + "/Cargo.lock";
  buildType = "dist";
  buildFeatures = [ "model" ];
  cargoBuildFlags = [ "--bin=pullquote" ];

  # The tests start the program and a stand-in for Discord on local ports, which the sandbox may not allow.
  doCheck = false;

  nativeBuildInputs = [ installShellFiles ];
  postInstall =
    lib.optionalString (stdenv.buildPlatform.canExecute stdenv.hostPlatform) ''
      mkdir man
      $out/bin/pullquote man man
      installManPage man/*.1
      installShellCompletion --cmd pullquote \
        --bash <($out/bin/pullquote completions bash) \
        --zsh <($out/bin/pullquote completions zsh) \
        --fish <($out/bin/pullquote completions fish)
    ''
    + lib.optionalString stdenv.hostPlatform.isLinux ''
      install -Dm644 deploy/pullquote.service -t $out/lib/systemd/system
      substituteInPlace $out/lib/systemd/system/pullquote.service \
        --replace-fail 'ExecStart=pullquote' "ExecStart=$out/bin/pullquote"
    '';

  meta = {
    inherit (manifest.package) description;
    license = lib.licenses.mit;
    mainProgram = "pullquote";
    platforms = lib.platforms.unix;
  };
}
