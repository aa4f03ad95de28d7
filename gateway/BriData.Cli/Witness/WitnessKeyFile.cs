using System.Security.Cryptography;
using System.Text;
using BriData.Cli.Platform;
using BriData.Ledger.Notes;

namespace BriData.Cli.Witness;

/// <summary>
/// The secret key of a witness as one line, mode 0600: <c>PRIVATE+KEY+name+hash+base64(0x04 ‖ seed)</c>, the vkey's form with
/// the RFC 8032 seed in place of the public key.
/// </summary>
internal static class WitnessKeyFile
{
    private const string Prefix = "PRIVATE+KEY+";
    private const byte Type = 0x04;

    /// <summary>Generates a key.</summary>
    public static void Create(string path, string name)
    {
        var seed = NoteSigner.GenerateSeed();
        using var signer = new CosignatureSigner(name, seed);
        DurableFile.Replace(path, Encoding.UTF8.GetBytes($"{Prefix}{name}+{signer.KeyId:x8}+{Convert.ToBase64String([Type, .. seed])}\n"));
        CryptographicOperations.ZeroMemory(seed);
    }

    /// <exception cref="CommandException">The file is damaged, or others than its owner may read it.</exception>
    public static CosignatureSigner Read(string path)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) != 0)
        {
            throw new CommandException(ExitCodes.Failed, $"Others than its owner may read '{path}'; set its mode to 0600.");
        }

        var text = File.ReadAllText(path).TrimEnd('\n');
        var seed = new byte[1 + NoteSigner.SeedBytes + 3];
        if (text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[Prefix.Length..].Split('+', 3) is [var name, var hash, var encoded]
            && CosignatureSigner.IsName(name)
            && Convert.TryFromBase64String(encoded, seed, out var length)
            && length == 1 + NoteSigner.SeedBytes
            && seed[0] == Type)
        {
            var signer = new CosignatureSigner(name, seed.AsSpan(1, NoteSigner.SeedBytes));
            CryptographicOperations.ZeroMemory(seed);
            if (hash == $"{signer.KeyId:x8}")
            {
                return signer;
            }

            signer.Dispose();
        }

        throw new CommandException(ExitCodes.Failed, $"'{path}' is not the key of a witness, or damaged.");
    }
}
