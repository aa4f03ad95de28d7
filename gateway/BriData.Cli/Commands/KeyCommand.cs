using System.CommandLine;
using BriData.Cli.Signing;
using BriData.Ledger.Signing;

namespace BriData.Cli.Commands;

/// <summary><c>bridata key</c>: the keys with which a country's administrators sign acts.</summary>
internal static class KeyCommand
{
    public static Command Create(Surroundings surroundings) => new("key", "Makes, shows and registers keys for signed acts. The private part stays in its file.")
    {
        CreateNew(surroundings),
        CreateShow(surroundings),
        KeyRegistration.CreateRegister(surroundings),
        KeyRegistration.CreateConfirm(surroundings),
        KeyRegistration.CreateRevoke(surroundings),
    };

    private static Command CreateNew(Surroundings surroundings)
    {
        var file = new Option<FileInfo>("--out") { Description = "File for the private key; it must not exist yet.", Required = true };
        var algorithm = new Option<string>("--alg") { Description = "EdDSA (Ed25519) or ES256 (P-256).", DefaultValueFactory = _ => SignatureAlgorithms.EdDsa };
        algorithm.AcceptOnlyFromAmong(SignatureAlgorithms.EdDsa, SignatureAlgorithms.Es256);
        var command = new Command("new", "Makes a key and writes it to a file that only its owner may read.") { file, algorithm };
        command.Runs(surroundings, async (arguments, _) =>
        {
            using var key = PrivateJwk.Create(arguments.GetRequiredValue(algorithm));
            KeyFile.Create(arguments.GetRequiredValue(file), key);
            await ShowAsync(surroundings, key.PublicKey);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static Command CreateShow(Surroundings surroundings)
    {
        var file = new Argument<FileInfo>("file") { Description = "The private key." };
        var command = new Command("show", "Writes the public key and its thumbprint.") { file };
        command.Runs(surroundings, async (arguments, _) =>
        {
            using var key = KeyFile.Read(arguments.GetRequiredValue(file));
            await ShowAsync(surroundings, key.PublicKey);
            return ExitCodes.Ok;
        });
        return command;
    }

    private static async Task ShowAsync(Surroundings surroundings, PublicJwk key)
    {
        await surroundings.Output.WriteLineAsync(System.Text.Encoding.UTF8.GetString(key.Json.Span));
        await surroundings.Output.WriteLineAsync(key.KeyId);
    }
}
