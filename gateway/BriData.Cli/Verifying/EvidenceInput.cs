using System.Text;
using BriData.Cli.Platform;
using BriData.Ledger.Evidence;
using BriData.Ledger.Notes;

namespace BriData.Cli.Verifying;

/// <summary>An evidence pack that an argument names.</summary>
internal static class EvidenceInput
{
    /// <summary>Checks the file from its first line to its last, or to the first that does not hold.</summary>
    /// <param name="surroundings">Where progress is told.</param>
    /// <param name="path">The file.</param>
    /// <param name="keys">Keys that must have signed; null for those that the pack names.</param>
    /// <param name="cancellationToken">Ends the check.</param>
    /// <exception cref="CommandException">The file cannot be read.</exception>
    public static async Task<EvidenceReport> VerifyAsync(
        Surroundings surroundings, string path, IReadOnlyCollection<NoteVerifier>? keys, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            var line = new ProgressLine(surroundings, Path.GetFileName(path));
            return await EvidencePack.VerifyAsync(file, keys, new Told(line.Report), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Failed, $"{path} cannot be read: {e.Message}");
        }
    }

    /// <summary>Reads keys, one a line; empty lines do not count.</summary>
    /// <exception cref="CommandException">A line is no key, or there is none.</exception>
    public static IReadOnlyCollection<NoteVerifier> Keys(byte[] file)
    {
        var keys = new List<NoteVerifier>();
        foreach (var line in Encoding.UTF8.GetString(file).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            keys.Add(NoteVerifier.TryParse(line, out var key) ? key : throw new CommandException(ExitCodes.Usage, $"'{line}' is not a verifier key: name+hash+base64."));
        }

        return keys.Count > 0 ? keys : throw new CommandException(ExitCodes.Usage, "The file of --keys holds no key.");
    }

    // Not Progress<T>: that reports later and elsewhere.
    private sealed class Told(Action<long> tell) : IProgress<long>
    {
        public void Report(long value) => tell(value);
    }
}
